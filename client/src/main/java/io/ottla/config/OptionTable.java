package io.ottla.config;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that a kind of client can be told, by every name it has. Immutable. */
public final class OptionTable {
  /** Every option that there is. */
  static final List<Option<?>> EVERYTHING =
      Stream.of(
              ConnectionKeys.ALL,
              MetadataKeys.ALL,
              ProducerKeys.ALL,
              SecurityKeys.ALL,
              SaslKeys.ALL)
          .<Option<?>>flatMap(Collection::stream)
          .toList();

  /** What a broker that is spoken to directly can be told. */
  public static final OptionTable BROKER = new OptionTable(Scope.BROKER);

  /** What a cluster can be told. */
  public static final OptionTable CLUSTER = new OptionTable(Scope.CLUSTER);

  /** What a producer can be told. */
  public static final OptionTable PRODUCER = new OptionTable(Scope.PRODUCER);

  /** What can be told of one topic of a producer. */
  public static final OptionTable TOPIC =
      new OptionTable(Scope.PRODUCER, "a topic of one", Option::isPerTopic);

  /** An option, and the name by which it was found. */
  record Match<T>(Option<T> option, Alias alias) {}

  private final Scope scope;
  private final String owner;
  private final Predicate<Option<?>> isMeant;
  private final Map<String, Match<?>> names = new HashMap<>();
  private final Map<String, Option<?>> ofOthers = new HashMap<>();

  private OptionTable(Scope scope) {
    this(scope, scope.owner(), option -> true);
  }

  private OptionTable(Scope scope, String owner, Predicate<Option<?>> isMeant) {
    this.scope = scope;
    this.owner = owner;
    this.isMeant = isMeant;
    for (Option<?> option : EVERYTHING) {
      option.everyName().forEach(alias -> enter(option, alias));
    }
    names.keySet().forEach(ofOthers::remove);
  }

  private <T> void enter(Option<T> option, Alias alias) {
    if (scope.includes(option.scope()) && isMeant.test(option)) {
      names.putIfAbsent(alias.name(), new Match<>(option, alias));
    } else {
      ofOthers.putIfAbsent(alias.name(), option);
    }
  }

  /** The option that has this name, among all that there are, in whichever dialect. */
  public static Optional<Option<?>> named(String name) {
    return EVERYTHING.stream()
        .filter(option -> option.everyName().anyMatch(alias -> alias.name().equals(name)))
        .findFirst();
  }

  /** The option that has this name, in whichever dialect. */
  @Nullable Match<?> find(String name) {
    return names.get(name);
  }

  /** A name that is known, and of no effect here. */
  @Nullable UnusedKey unused(String name) {
    Option<?> other = ofOthers.get(name);
    return other == null
        ? UnusedKeys.find(name, scope)
        : UnusedKey.note(name, "it is an option of " + other.scope().owner() + ", not of " + owner);
  }

  List<Relation> relations() {
    return Stream.of(
            ConnectionKeys.RELATIONS,
            ProducerKeys.RELATIONS,
            SecurityKeys.RELATIONS,
            SaslKeys.RELATIONS)
        .flatMap(Collection::stream)
        .toList();
  }

  /** What to say of a name that nobody knows. */
  String advice(String unknown) {
    TreeSet<String> known = new TreeSet<>(names.keySet());
    known.addAll(ofOthers.keySet());
    known.addAll(UnusedKeys.names());
    String nearest = Spelling.nearest(unknown, known);
    if (nearest == null) {
      return "no option has this name; docs/configuration.md lists them";
    }
    return "no option has this name; did you mean " + nearest + whose(names.get(nearest)) + "?";
  }

  private static String whose(@Nullable Match<?> match) {
    return match == null || match.alias().name().equals(match.option().name())
        ? ""
        : ", " + match.alias().dialect().whose() + " name of " + match.option();
  }
}
