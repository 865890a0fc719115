package io.ottla.internal.sasl;

import io.ottla.error.AuthenticationException;
import java.util.Locale;

/**
 * Whether a name or a password may be used with SCRAM (RFC 4013, SASLprep, its prohibitions).
 *
 * <p>What the RFC would rewrite, as a ligature into its letters, is left as it is: Kafka's brokers
 * keep the keys of the password as it was typed, and rewriting would lock its owner out.
 */
public final class SaslText {
  private SaslText() {}

  /**
   * Says no to what no peer can prepare.
   *
   * @param what its name in messages, {@code the password}
   * @throws AuthenticationException names the character that is not allowed, and no other
   */
  public static void check(String what, String text) {
    if (text.isEmpty()) {
      throw new AuthenticationException(what + " is empty", null);
    }
    text.codePoints()
        .filter(SaslText::isProhibited)
        .findFirst()
        .ifPresent(
            character -> {
              throw new AuthenticationException(explain(what, character), null);
            });
  }

  private static String explain(String what, int character) {
    String name = String.format(Locale.ROOT, "U+%04X", character);
    return character == '\n' || character == '\r'
        ? what + " holds a line break (" + name + "); was it read from a file with one at its end?"
        : what + " holds " + name + ", which SASLprep (RFC 4013) does not allow; choose another";
  }

  private static boolean isProhibited(int character) {
    return switch (Character.getType(character)) {
      case Character.CONTROL,
          Character.SURROGATE,
          Character.PRIVATE_USE,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR ->
          true;
      default -> isNoncharacter(character) || changesDisplay(character);
    };
  }

  private static boolean isNoncharacter(int character) {
    return (character & 0xFFFE) == 0xFFFE || isIn(character, 0xFDD0, 0xFDEF);
  }

  /** RFC 3454, tables C.6 to C.9. */
  private static boolean changesDisplay(int character) {
    return isIn(character, 0xFFF9, 0xFFFD)
        || isIn(character, 0x2FF0, 0x2FFB)
        || isIn(character, 0x200E, 0x200F)
        || isIn(character, 0x202A, 0x202E)
        || isIn(character, 0x206A, 0x206F)
        || isIn(character, 0x0340, 0x0341)
        || isIn(character, 0xE0001, 0xE007F);
  }

  private static boolean isIn(int character, int first, int last) {
    return character >= first && character <= last;
  }
}
