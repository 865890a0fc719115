package io.ottla.testkit.internal.group.consumer;

import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Reads the regular expressions of Kafka's coordinator, which are RE2's, with {@link Pattern}.
 *
 * <p>Always: what is accepted matches the same topic names as in Kafka. What RE2 does not have
 * (look-around, back references, possessive quantifiers, class intersection) is refused, as there;
 * so is the little that RE2 has and this does not know: octal and rare escapes, Unicode scripts,
 * the flag U. What both have under other spellings is translated.
 *
 * <p>One use per expression.
 */
final class Re2Dialect {
  private static final int MAX_REPEAT = 1000;

  /** After a backslash, inside and outside of classes, with the same meaning in both. */
  private static final String COMMON_ESCAPES = "dDsSwWtnfra";

  private static final Pattern REPEAT = Pattern.compile("\\{(\\d{1,9})(?:,(\\d{0,9}))?}");
  private static final Pattern FLAGS = Pattern.compile("\\(\\?[ims]*(?:-[ims]+)?[:)]");
  private static final Pattern NAMED_GROUP = Pattern.compile("\\(\\?P?<([A-Za-z][A-Za-z0-9]*)>");
  private static final Pattern HEX = Pattern.compile("x(?:[0-9A-Fa-f]{2}|\\{[0-9A-Fa-f]{1,6}})");
  private static final Pattern CATEGORY = Pattern.compile("[pP](?:[LMNPSZC]|\\{[LMNPSZC][a-z]?})");
  private static final Pattern POSIX = Pattern.compile("\\[:(\\^?)([a-z]+):]");

  private static final Map<String, String> POSIX_CLASSES =
      Map.ofEntries(
          Map.entry("alnum", "\\p{Alnum}"),
          Map.entry("alpha", "\\p{Alpha}"),
          Map.entry("ascii", "\\p{ASCII}"),
          Map.entry("blank", "\\p{Blank}"),
          Map.entry("cntrl", "\\p{Cntrl}"),
          Map.entry("digit", "\\p{Digit}"),
          Map.entry("graph", "\\p{Graph}"),
          Map.entry("lower", "\\p{Lower}"),
          Map.entry("print", "\\p{Print}"),
          Map.entry("punct", "\\p{Punct}"),
          Map.entry("space", "\\s"),
          Map.entry("upper", "\\p{Upper}"),
          Map.entry("word", "\\w"),
          Map.entry("xdigit", "\\p{XDigit}"));

  private final String in;
  private final StringBuilder out = new StringBuilder();
  private int at;

  /** Whether there is something before this point that a quantifier could repeat. */
  private boolean isRepeatable;

  private Re2Dialect(String expression) {
    this.in = expression;
  }

  /**
   * Compiles an expression as RE2 means it.
   *
   * @throws PatternSyntaxException if RE2 does not accept it, or this class does not know it
   */
  static Pattern compile(String expression) {
    return Pattern.compile(new Re2Dialect(expression).translate());
  }

  private String translate() {
    while (at < in.length()) {
      char next = in.charAt(at);
      boolean isQuantifier =
          "*+?".indexOf(next) >= 0 || (next == '{' && matchLength(REPEAT, at) > 0);
      if (isQuantifier && !isRepeatable) {
        throw refused("nothing to repeat");
      }
      switch (next) {
        case '\\' -> escape();
        case '[' -> characterClass();
        case '(' -> group();
        case '*', '+', '?' -> {
          copy(1);
          afterQuantifier();
        }
        case '{' -> repeat();
        // Both are letters to RE2.
        case '}', ']' -> out.append('\\').append(in.charAt(at++));
        default -> copy(1);
      }
      // RE2/J does not repeat a brace that is a letter.
      isRepeatable = !isQuantifier && "(|{".indexOf(next) < 0;
    }
    return out.toString();
  }

  private void copy(int chars) {
    out.append(in, at, at + chars);
    at += chars;
  }

  private void escape() {
    if (in.startsWith("\\Q", at)) {
      quotation();
      return;
    }
    if (at + 1 < in.length() && "bBAz".indexOf(in.charAt(at + 1)) >= 0) {
      copy(2);
      return;
    }
    commonEscape();
  }

  private void quotation() {
    int end = in.indexOf("\\E", at + 2);
    String quoted = end < 0 ? in.substring(at + 2) : in.substring(at + 2, end);
    out.append(Pattern.quote(quoted));
    at = end < 0 ? in.length() : end + 2;
  }

  private void commonEscape() {
    if (at + 1 == in.length()) {
      throw refused("trailing backslash");
    }
    char escaped = in.charAt(at + 1);
    int length = 0;
    if (COMMON_ESCAPES.indexOf(escaped) >= 0) {
      length = 1;
    } else if (escaped == 'x') {
      length = matchLength(HEX, at + 1);
    } else if (escaped == 'p' || escaped == 'P') {
      length = matchLength(CATEGORY, at + 1);
    } else if (escaped < 0x80 && !Character.isLetterOrDigit(escaped)) {
      length = 1;
    }
    if (length == 0) {
      throw refused("escape that RE2 does not have, or the fake cluster does not know");
    }
    copy(1 + length);
  }

  private void group() {
    Matcher named = matcherAt(NAMED_GROUP, at);
    if (named.lookingAt()) {
      out.append("(?<").append(named.group(1)).append('>');
      at = named.end();
      return;
    }
    if (!in.startsWith("(?", at)) {
      copy(1);
      return;
    }
    int flags = matchLength(FLAGS, at);
    if (flags == 0) {
      throw refused("group that RE2 does not have, or the fake cluster does not know");
    }
    copy(flags);
  }

  private void repeat() {
    Matcher repeat = matcherAt(REPEAT, at);
    if (!repeat.lookingAt()) {
      // A letter, to RE2.
      out.append('\\');
      copy(1);
      return;
    }
    String most = repeat.group(2);
    if (Integer.parseInt(repeat.group(1)) > MAX_REPEAT
        || (most != null && !most.isEmpty() && Integer.parseInt(most) > MAX_REPEAT)) {
      throw refused("repetition of more than " + MAX_REPEAT);
    }
    copy(repeat.end() - at);
    afterQuantifier();
  }

  private void afterQuantifier() {
    if (at < in.length() && in.charAt(at) == '?') {
      copy(1);
    }
    boolean isRepeatedAgain = at < in.length() && "*+?".indexOf(in.charAt(at)) >= 0;
    if (isRepeatedAgain || matchLength(REPEAT, at) > 0) {
      throw refused("repetition of a repetition");
    }
  }

  private void characterClass() {
    copy(1);
    if (at < in.length() && in.charAt(at) == '^') {
      copy(1);
    }
    boolean first = true;
    while (first || at >= in.length() || in.charAt(at) != ']') {
      if (at >= in.length()) {
        throw refused("class without end");
      }
      classMember();
      first = false;
    }
    copy(1);
  }

  private void classMember() {
    char member = in.charAt(at);
    Matcher posix = matcherAt(POSIX, at);
    if (member == '\\') {
      commonEscape();
    } else if (posix.lookingAt()) {
      String meaning = POSIX_CLASSES.get(posix.group(2));
      if (meaning == null) {
        throw refused("class of no known name");
      }
      boolean negated = !posix.group(1).isEmpty();
      // As \p is negated by \P, so are the others.
      out.append('\\')
          .append(negated ? Character.toUpperCase(meaning.charAt(1)) : meaning.charAt(1))
          .append(meaning, 2, meaning.length());
      at = posix.end();
    } else if (member == '[' || member == ']' || member == '&' || member == '^') {
      // These are letters to RE2 here, and more than that to Pattern.
      out.append('\\');
      copy(1);
    } else {
      copy(1);
    }
  }

  private int matchLength(Pattern pattern, int from) {
    Matcher matcher = matcherAt(pattern, from);
    return matcher.lookingAt() ? matcher.end() - from : 0;
  }

  private Matcher matcherAt(Pattern pattern, int from) {
    return pattern.matcher(in).region(Math.min(from, in.length()), in.length());
  }

  private PatternSyntaxException refused(String why) {
    return new PatternSyntaxException(why, in, at);
  }
}
