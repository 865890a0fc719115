package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.MessageDefinition.Kind;
import io.ottla.protocol.generator.model.MessageModel;
import io.ottla.protocol.generator.model.StructModel;
import java.util.List;

/** The source file of one message: its class, and inside it one class for each struct. */
public final class MessageSource {
  private static final List<Rule> RULES =
      List.of(
          new Fields(),
          new Accessors(),
          new FindByKey(),
          new Read(),
          new ReadArrays(),
          new ReadTagged(),
          new Write(),
          new WriteArrays(),
          new WriteTagged(),
          new Size(),
          new SizeArrays(),
          new SizeTagged(),
          new Check(),
          new Equality(),
          new Text());

  private MessageSource() {}

  /** The text of the file. */
  public static String of(MessageModel message, String packageName) {
    SourceWriter out = new SourceWriter();
    StructModel root = message.root();
    out.javadoc(describe(message));
    out.open("public final class %s implements %s", root.name(), shape(message));
    members(root, out);
    if (message.apiKey() >= 0) {
      apiMembers(message, out);
    }
    for (StructModel struct : message.structs()) {
      out.blank();
      out.javadoc("A part of " + root.name() + ", in " + range(struct) + ".");
      out.open("public static final class %s implements Message", struct.name());
      members(struct, out);
      out.close();
    }
    out.close();
    return out.file(packageName, message.file());
  }

  private static void members(StructModel struct, SourceWriter out) {
    for (Rule rule : RULES) {
      rule.emit(struct, out);
    }
  }

  private static void apiMembers(MessageModel message, SourceWriter out) {
    out.blank();
    out.line("@Override");
    out.open("public ApiKey apiKey()");
    out.line("return ApiKey.%s;", ApiKeySource.constant(message));
    out.close();
    if (message.kind() == Kind.REQUEST) {
      String response = message.api() + "Response";
      out.blank();
      out.line("@Override");
      out.open("public %s newResponse()", response);
      out.line("return new %s();", response);
      out.close();
    }
  }

  private static String shape(MessageModel message) {
    return switch (message.kind()) {
      case REQUEST -> "RequestMessage<" + message.api() + "Response>";
      case RESPONSE -> "ResponseMessage";
      default -> "Message";
    };
  }

  private static String describe(MessageModel message) {
    String what =
        switch (message.kind()) {
          case REQUEST -> "The request of API " + message.apiKey();
          case RESPONSE -> "The response of API " + message.apiKey();
          case HEADER -> "A header";
          default -> "Data that travels inside other messages";
        };
    return what + ", in " + range(message.root()) + ".";
  }

  private static String range(StructModel struct) {
    String flexible =
        struct.flexible().isEmpty()
            ? ", none flexible"
            : ", flexible from " + struct.flexible().lowest() + " on";
    int lowest = struct.versions().lowest();
    int highest = struct.versions().highest();
    return (lowest == highest ? "version " + lowest : "versions " + lowest + " to " + highest)
        + flexible;
  }
}
