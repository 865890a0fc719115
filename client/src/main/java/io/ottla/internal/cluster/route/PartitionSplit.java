package io.ottla.internal.cluster.route;

import io.ottla.protocol.message.RequestMessage;
import io.ottla.protocol.message.ResponseMessage;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A request about partitions: each goes to its leader. Topics are told apart by name, and by id
 * where there is no name; the merged answer calls them as the request did.
 *
 * @param <Q> the request's type
 * @param <R> the response's type
 * @param <T> a topic of the request
 * @param <X> a partition of the request
 * @param <U> a topic of the response
 * @param <V> a partition of the response
 */
abstract class PartitionSplit<Q extends RequestMessage<R>, R extends ResponseMessage, T, X, U, V>
    extends Split<Q, R, PartitionPiece<T, X>, V> {
  private record Key(Object topic, int partition) {}

  // The request.

  abstract List<T> topics(Q request);

  abstract String name(T topic);

  UUID id(T topic) {
    return Terms.NO_ID;
  }

  abstract List<X> partitions(T topic);

  abstract int index(X partition);

  /** The request without its topics. */
  abstract Q shell(Q whole);

  abstract void addTopic(Q part, String name, UUID id, List<X> partitions);

  // The response.

  abstract List<U> answered(R response);

  abstract String answeredName(U topic);

  UUID answeredId(U topic) {
    return Terms.NO_ID;
  }

  abstract List<V> answeredPartitions(U topic);

  abstract int answeredIndex(V partition);

  /** A response with what concerns the whole. */
  abstract R emptyAnswer(Q whole, List<R> responses);

  abstract void addAnswer(R merged, String name, UUID id, List<V> partitions);

  @Override
  public final List<PartitionPiece<T, X>> pieces(Q whole, Collection<Integer> brokers) {
    List<PartitionPiece<T, X>> pieces = new ArrayList<>();
    for (T topic : topics(whole)) {
      for (X partition : partitions(topic)) {
        pieces.add(
            new PartitionPiece<>(
                topic, partition, new Target.Leader(name(topic), id(topic), index(partition))));
      }
    }
    return pieces;
  }

  @Override
  public final Target target(PartitionPiece<T, X> piece) {
    return piece.target();
  }

  @Override
  public final Q request(Q whole, List<PartitionPiece<T, X>> pieces, Terms terms) {
    IdentityHashMap<T, List<X>> byTopic = new IdentityHashMap<>();
    List<T> order = new ArrayList<>();
    for (PartitionPiece<T, X> piece : pieces) {
      byTopic
          .computeIfAbsent(
              piece.topic(),
              topic -> {
                order.add(topic);
                return new ArrayList<>();
              })
          .add(piece.partition());
    }
    Q part = shell(whole);
    for (T topic : order) {
      String name = name(topic).isEmpty() ? terms.nameOf(id(topic)) : name(topic);
      UUID id = id(topic).equals(Terms.NO_ID) ? terms.idOf(name) : id(topic);
      addTopic(part, name, id, byTopic.getOrDefault(topic, List.of()));
    }
    return part;
  }

  @Override
  public List<@Nullable V> answers(Q part, List<PartitionPiece<T, X>> pieces, R response) {
    Map<UUID, String> names = new HashMap<>();
    for (T topic : topics(part)) {
      names.put(id(topic), name(topic));
    }
    Map<Key, V> found = new HashMap<>();
    for (U topic : answered(response)) {
      Object called = called(answeredName(topic), answeredId(topic), names);
      for (V partition : answeredPartitions(topic)) {
        found.put(new Key(called, answeredIndex(partition)), partition);
      }
    }
    List<@Nullable V> answers = new ArrayList<>(pieces.size());
    for (PartitionPiece<T, X> piece : pieces) {
      Target.Leader asked = piece.target();
      answers.add(
          found.get(new Key(called(asked.topic(), asked.topicId(), names), asked.partition())));
    }
    return answers;
  }

  private static Object called(String name, UUID id, Map<UUID, String> names) {
    if (!name.isEmpty()) {
      return name;
    }
    String known = names.get(id);
    return known == null || known.isEmpty() ? id : known;
  }

  /** The highest version whose way of calling topics is possible for all of them. */
  final int highestVersion(Q part, int lastWithNames) {
    boolean isNamed = topics(part).stream().anyMatch(topic -> id(topic).equals(Terms.NO_ID));
    return isNamed ? lastWithNames : part.highestVersion();
  }

  /** Topics come in the order of their pieces; a part's own are other objects than those. */
  @Override
  public R merge(Q whole, List<PartitionPiece<T, X>> pieces, List<V> answers, List<R> responses) {
    IdentityHashMap<T, List<V>> byTopic = new IdentityHashMap<>();
    List<T> order = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      byTopic
          .computeIfAbsent(
              pieces.get(i).topic(),
              topic -> {
                order.add(topic);
                return new ArrayList<>();
              })
          .add(answers.get(i));
    }
    R merged = emptyAnswer(whole, responses);
    for (T topic : order) {
      addAnswer(merged, name(topic), id(topic), byTopic.getOrDefault(topic, List.of()));
    }
    return merged;
  }
}
