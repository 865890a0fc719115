package io.ottla.config;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * One option: its names, what it accepts, what it is if nobody says, and why. Immutable.
 *
 * <p>Each is declared once, in {@link ConnectionKeys}, {@link ProducerKeys} and the like; builders,
 * files and the reference page are made of that.
 *
 * @param <T> the type of its values
 */
public final class Option<T> {
  /** What is printed in place of a secret. */
  static final String HIDDEN = "[hidden]";

  private final String name;
  private final OptionType<T> type;
  private final Scope scope;
  private final List<Alias> aliases;
  private final boolean isSecret;
  private final boolean isPerTopic;
  private final @Nullable T fallback;
  private final String reason;
  private final String doc;

  private Option(Declaration<T> from, String doc) {
    name = from.name;
    type = from.type;
    scope = from.scope;
    aliases = List.copyOf(from.aliases);
    isSecret = from.isSecret;
    isPerTopic = from.isPerTopic;
    fallback = from.fallback;
    reason = from.reason;
    this.doc = doc;
  }

  /** Begins a declaration; its last word is {@link Declaration#is}. */
  static <T> Declaration<T> named(String name, OptionType<T> type) {
    return new Declaration<>(name, type);
  }

  /** Its name, dotted. */
  public String name() {
    return name;
  }

  /** Who has it. */
  public Scope scope() {
    return scope;
  }

  /** Its value if nobody says; empty if it then has none. */
  public Optional<T> fallback() {
    return Optional.ofNullable(fallback);
  }

  /** Why that, or what holds if it has no value. */
  public String reason() {
    return reason;
  }

  /** What it accepts, in words. */
  public String accepted() {
    return type.accepted();
  }

  /** What it is, in a sentence. */
  public String doc() {
    return doc;
  }

  /** Whether its values never print. */
  public boolean isSecret() {
    return isSecret;
  }

  /** What another client calls it; mostly one name, or none. */
  public List<String> names(Dialect dialect) {
    return aliases.stream().filter(alias -> alias.dialect() == dialect).map(Alias::name).toList();
  }

  /** Whether a topic of a producer may have a value of its own. */
  public boolean isPerTopic() {
    return isPerTopic;
  }

  OptionType<T> type() {
    return type;
  }

  Alias ownName() {
    return new Alias(name, Dialect.OTTLA, text -> text);
  }

  /** Those of others, which may be as its own and know more words, and its own name. */
  Stream<Alias> everyName() {
    return Stream.concat(aliases.stream(), Stream.of(ownName()));
  }

  /** A value as it may be printed. */
  String shown(Object value) {
    return isSecret ? HIDDEN : String.valueOf(value);
  }

  @Override
  public String toString() {
    return name;
  }

  /** An option on its way; each word returns the same object. */
  static final class Declaration<T> {
    private final String name;
    private final OptionType<T> type;
    private final List<Alias> aliases = new ArrayList<>();
    private Scope scope = Scope.CONNECTION;
    private boolean isSecret;
    private boolean isPerTopic;
    private @Nullable T fallback;
    private String reason = "";

    private Declaration(String name, OptionType<T> type) {
      this.name = name;
      this.type = type;
    }

    Declaration<T> of(Scope value) {
      scope = value;
      return this;
    }

    /** Kafka's name for it. */
    Declaration<T> kafka(String alias) {
      aliases.add(Alias.of(alias, Dialect.KAFKA));
      return this;
    }

    Declaration<T> kafka(String alias, Alias.Translation translate) {
      aliases.add(new Alias(alias, Dialect.KAFKA, translate));
      return this;
    }

    /** librdkafka's name for it. */
    Declaration<T> librdkafka(String alias) {
      aliases.add(Alias.of(alias, Dialect.LIBRDKAFKA));
      return this;
    }

    Declaration<T> librdkafka(String alias, Alias.Translation translate) {
      aliases.add(new Alias(alias, Dialect.LIBRDKAFKA, translate));
      return this;
    }

    /** One name that both use, for the same. */
    Declaration<T> both(String alias) {
      return kafka(alias).librdkafka(alias);
    }

    /** A topic of a producer may have a value of its own. */
    Declaration<T> perTopic() {
      isPerTopic = true;
      return this;
    }

    Declaration<T> secret() {
      isSecret = true;
      return this;
    }

    Declaration<T> fallback(T value, String why) {
      fallback = value;
      reason = why;
      return this;
    }

    /** It has no value unless somebody gives it one. */
    Declaration<T> without(String whatHoldsThen) {
      reason = whatHoldsThen;
      return this;
    }

    /** Ends the declaration. */
    Option<T> is(String doc) {
      return new Option<>(this, doc);
    }
  }
}
