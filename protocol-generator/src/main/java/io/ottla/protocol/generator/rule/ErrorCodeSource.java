package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.error.ErrorModel;
import io.ottla.protocol.generator.model.JavaText;
import java.util.List;

/** The source file of the enum of error codes. */
public final class ErrorCodeSource {
  private ErrorCodeSource() {}

  /** The text of the file; the errors are ordered by code. */
  public static String of(List<ErrorModel> errors, String packageName, String origin) {
    SourceWriter out = new SourceWriter();
    out.javadoc(
        "What a broker says about a request. Each code answers what the client can do about it.");
    out.open("public enum ErrorCode");
    for (int i = 0; i < errors.size(); i++) {
      constant(errors.get(i), i == errors.size() - 1 ? ";" : ",", out);
    }
    out.blank();
    out.line("private static final int RETRIABLE = 1;");
    out.line("private static final int REFRESHES_METADATA = 2;");
    out.line("private static final int FINDS_COORDINATOR = 4;");
    out.line("private static final int FATAL = 8;");
    int lowest = errors.get(0).code();
    int highest = errors.get(errors.size() - 1).code();
    out.line("private static final ErrorCode[] BY_CODE = new ErrorCode[%d];", highest - lowest + 1);
    out.blank();
    out.open("static");
    out.open("for (ErrorCode error : values())");
    out.line("BY_CODE[error.code - (%d)] = error;", lowest);
    out.close();
    out.close();
    out.blank();
    out.line("private final short code;");
    out.line("private final int answers;");
    out.line("private final String message;");
    out.blank();
    out.open("ErrorCode(int code, int answers, String message)");
    out.line("this.code = (short) code;");
    out.line("this.answers = answers;");
    out.line("this.message = message;");
    out.close();
    lookUp(lowest, out);
    accessor("The number on the wire.", "short code", "this.code", out);
    accessor("A sentence about it.", "String message", "this.message", out);
    answer("The same request may succeed later.", "isRetriable", "RETRIABLE", out);
    answer(
        "The client's view of the cluster is out of date.",
        "refreshesMetadata",
        "REFRESHES_METADATA",
        out);
    answer(
        "The coordinator has to be looked up again.", "findsCoordinator", "FINDS_COORDINATOR", out);
    answer(
        "The connection, the producer id or the membership that got it is over: no repetition and"
            + " no other request of the same one will succeed.",
        "isFatal",
        "FATAL",
        out);
    out.close();
    return out.file(packageName, origin);
  }

  private static void constant(ErrorModel error, String end, SourceWriter out) {
    StringBuilder answers = new StringBuilder();
    append(answers, error.retriable(), "RETRIABLE");
    append(answers, error.refreshesMetadata(), "REFRESHES_METADATA");
    append(answers, error.findsCoordinator(), "FINDS_COORDINATOR");
    append(answers, error.fatal(), "FATAL");
    out.javadoc(error.message());
    out.line(
        "%s(%d, %s, %s)%s",
        error.name(),
        error.code(),
        answers.isEmpty() ? "0" : answers,
        JavaText.literal(error.message()),
        end);
  }

  private static void append(StringBuilder answers, boolean holds, String name) {
    if (holds) {
      answers.append(answers.isEmpty() ? "" : " | ").append("ErrorCode.").append(name);
    }
  }

  private static void lookUp(int lowest, SourceWriter out) {
    out.blank();
    out.javadoc("The error with this number; UNKNOWN_SERVER_ERROR if none has it.");
    out.open("public static ErrorCode of(int code)");
    out.line("int index = code - (%d);", lowest);
    out.line("ErrorCode error = index >= 0 && index < BY_CODE.length ? BY_CODE[index] : null;");
    out.line("return error == null ? UNKNOWN_SERVER_ERROR : error;");
    out.close();
  }

  private static void accessor(
      String comment, String signature, String expression, SourceWriter out) {
    out.blank();
    out.javadoc(comment);
    out.open("public %s()", signature);
    out.line("return %s;", expression);
    out.close();
  }

  private static void answer(String comment, String method, String bit, SourceWriter out) {
    accessor(comment, "boolean " + method, "(this.answers & " + bit + ") != 0", out);
  }
}
