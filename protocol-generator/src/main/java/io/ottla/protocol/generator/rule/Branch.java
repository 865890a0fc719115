package io.ottla.protocol.generator.rule;

import io.ottla.protocol.generator.definition.Versions;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Conditions on {@code version}, as short as what is known allows: {@code context} are the versions
 * that can get here. Where they leave no choice, no condition is written.
 */
final class Branch {
  private Branch() {}

  /**
   * Java that is true in those of the context's versions that are wanted; "true" or "false" too.
   */
  static String in(Versions context, Versions wanted) {
    Versions both = context.and(wanted);
    if (both.isEmpty()) {
      return "false";
    }
    boolean low = both.lowest() > context.lowest();
    boolean high = both.highest() < context.highest();
    if (both.lowest() == both.highest() && low && high) {
      return "version == " + both.lowest();
    }
    if (low && high) {
      return "version >= " + both.lowest() + " && version <= " + both.highest();
    }
    return low ? "version >= " + both.lowest() : high ? "version <= " + both.highest() : "true";
  }

  /** The opposite of {@link #in}. */
  static String notIn(Versions context, Versions unwanted) {
    Versions both = context.and(unwanted);
    if (both.isEmpty()) {
      return "true";
    }
    boolean low = both.lowest() > context.lowest();
    boolean high = both.highest() < context.highest();
    if (low && high) {
      return "(version < " + both.lowest() + " || version > " + both.highest() + ")";
    }
    return low ? "version < " + both.lowest() : high ? "version > " + both.highest() : "false";
  }

  /** Conditions that must all hold; empty ones of "true" vanish. */
  static String all(String... conditions) {
    StringBuilder all = new StringBuilder();
    for (String condition : conditions) {
      if (condition.equals("false")) {
        return "false";
      }
      if (!condition.equals("true")) {
        all.append(all.isEmpty() ? "" : " && ").append(condition);
      }
    }
    return all.isEmpty() ? "true" : all.toString();
  }

  /** An expression that depends on the version; each side is told the versions that reach it. */
  static String choose(
      Versions context,
      Versions wanted,
      Function<Versions, String> yes,
      Function<Versions, String> no) {
    Versions both = context.and(wanted);
    if (both.isEmpty()) {
      return no.apply(context);
    }
    if (both.equals(context)) {
      return yes.apply(context);
    }
    String then = yes.apply(both);
    String otherwise = no.apply(rest(context, both));
    return then.equals(otherwise)
        ? then
        : in(context, wanted) + " ? " + nested(then) + " : " + otherwise;
  }

  /** Statements that depend on the version; each side is told the versions that reach it. */
  static void split(
      SourceWriter out,
      Versions context,
      Versions wanted,
      Consumer<Versions> yes,
      Consumer<Versions> no) {
    Versions both = context.and(wanted);
    if (both.isEmpty()) {
      no.accept(context);
    } else if (both.equals(context)) {
      yes.accept(context);
    } else {
      out.open("if (%s)", in(context, wanted));
      yes.accept(both);
      out.turn("else");
      no.accept(rest(context, both));
      out.close();
    }
  }

  /** Statements for some of the versions only. */
  static void when(
      SourceWriter out, Versions context, Versions wanted, Consumer<Versions> statements) {
    Versions both = context.and(wanted);
    if (both.equals(context)) {
      statements.accept(context);
    } else if (!both.isEmpty()) {
      out.open("if (%s)", in(context, wanted));
      statements.accept(both);
      out.close();
    }
  }

  /** What is left of the context, or more if that would be two ranges. */
  private static Versions rest(Versions context, Versions both) {
    if (both.lowest() == context.lowest()) {
      return Versions.of(both.highest() + 1, context.highest());
    }
    return both.highest() == context.highest()
        ? Versions.of(context.lowest(), both.lowest() - 1)
        : context;
  }

  private static String nested(String expression) {
    return expression.contains(" ? ") ? "(" + expression + ")" : expression;
  }
}
