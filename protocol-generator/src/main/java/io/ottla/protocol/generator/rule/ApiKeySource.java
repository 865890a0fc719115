package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.Versions;
import io.ottla.protocol.generator.model.MessageModel;
import io.ottla.protocol.generator.model.Names;
import java.util.List;

/** The source file of the enum of APIs. */
public final class ApiKeySource {
  /** Its response must be readable by who does not know yet what the broker speaks. */
  private static final String PLAIN_RESPONSE_HEADER = "API_VERSIONS";

  private ApiKeySource() {}

  /** The text of the file; the requests are ordered by their keys. */
  public static String of(List<MessageModel> requests, String packageName) {
    SourceWriter out = new SourceWriter();
    out.javadoc("The APIs that brokers offer to clients, and the versions that we speak.");
    out.open("public enum ApiKey");
    for (int i = 0; i < requests.size(); i++) {
      constant(requests.get(i), i == requests.size() - 1 ? ";" : ",", out);
    }
    int highest = requests.get(requests.size() - 1).apiKey();
    out.blank();
    out.line("private static final @Nullable ApiKey[] BY_ID = new ApiKey[%d];", highest + 1);
    out.blank();
    out.open("static");
    out.open("for (ApiKey key : values())");
    out.line("BY_ID[key.id] = key;");
    out.close();
    out.close();
    out.blank();
    out.line("private final short id;");
    out.line("private final short lowestVersion;");
    out.line("private final short highestVersion;");
    out.line("private final short firstFlexibleVersion;");
    out.blank();
    out.open("ApiKey(int id, int lowestVersion, int highestVersion, int firstFlexibleVersion)");
    out.line("this.id = (short) id;");
    out.line("this.lowestVersion = (short) lowestVersion;");
    out.line("this.highestVersion = (short) highestVersion;");
    out.line("this.firstFlexibleVersion = (short) firstFlexibleVersion;");
    out.close();
    out.blank();
    out.javadoc("The API with this number; null if we do not know it.");
    out.open("public static @Nullable ApiKey find(int id)");
    out.line("return id >= 0 && id < BY_ID.length ? BY_ID[id] : null;");
    out.close();
    method("The number on the wire.", "short id()", "this.id", out);
    method("The lowest version that we speak.", "short lowestVersion()", "this.lowestVersion", out);
    method(
        "The highest version that we speak.", "short highestVersion()", "this.highestVersion", out);
    method(
        "Whether a version has compact forms and tagged fields.",
        "boolean isFlexible(int version)",
        "version >= this.firstFlexibleVersion",
        out);
    boolean hasPlain =
        requests.stream().anyMatch(request -> constant(request).equals(PLAIN_RESPONSE_HEADER));
    method(
        "The version of the header before such a request.",
        "short requestHeaderVersion(int version)",
        "(short) (isFlexible(version) ? 2 : 1)",
        out);
    method(
        "The version of the header before such a response.",
        "short responseHeaderVersion(int version)",
        (hasPlain ? "(short) (this != " + PLAIN_RESPONSE_HEADER + " && " : "(short) (")
            + "isFlexible(version) ? 1 : 0)",
        out);
    factory(requests, "Request", out);
    factory(requests, "Response", out);
    out.close();
    return out.file(packageName, "all requests");
  }

  static String constant(MessageModel message) {
    return Names.constant(message.api());
  }

  private static void constant(MessageModel request, String end, SourceWriter out) {
    Versions versions = request.root().versions();
    Versions flexible = request.root().flexible();
    out.line(
        "%s(%d, %d, %d, %s)%s",
        constant(request),
        request.apiKey(),
        versions.lowest(),
        versions.highest(),
        flexible.isEmpty() ? "Short.MAX_VALUE" : flexible.lowest(),
        end);
  }

  private static void method(
      String comment, String signature, String expression, SourceWriter out) {
    out.blank();
    out.javadoc(comment);
    out.open("public %s", signature);
    out.line("return %s;", expression);
    out.close();
  }

  /* A switch, because a method reference per message would cost start-up time for all of them. */
  private static void factory(List<MessageModel> requests, String kind, SourceWriter out) {
    out.blank();
    out.javadoc("An empty " + kind.toLowerCase(java.util.Locale.ROOT) + ".");
    String type = kind.equals("Request") ? "RequestMessage<?>" : "ResponseMessage";
    out.open("public %s new%s()", type, kind);
    out.open("return switch (this)");
    for (MessageModel request : requests) {
      out.line("case %s -> new %s%s();", constant(request), request.api(), kind);
    }
    out.close(";");
    out.close();
  }
}
