package io.ottla.internal.cluster;

import io.ottla.internal.cluster.metadata.ClusterView;
import io.ottla.internal.cluster.metadata.TopicView;
import io.ottla.internal.cluster.route.Target;
import io.ottla.internal.cluster.route.Terms;
import java.util.UUID;

/** What topics are called. */
final class Topics {
  private Topics() {}

  /** The name of a partition's topic; empty if only an id is given that nobody knows. */
  static String name(Target.Leader led, ClusterView view) {
    if (!led.topic().isEmpty()) {
      return led.topic();
    }
    TopicView topic = view.topic(led.topicId());
    return topic == null ? "" : topic.name();
  }

  /** To whoever writes a request in this version with topics as they were called. */
  static Terms terms(int version) {
    return new Terms() {
      @Override
      public int version() {
        return version;
      }

      @Override
      public UUID idOf(String name) {
        return NO_ID;
      }

      @Override
      public String nameOf(UUID id) {
        return "";
      }
    };
  }

  /** What is known of topics to whoever writes a request in this version. */
  static Terms terms(int version, ClusterView view) {
    return new Terms() {
      @Override
      public int version() {
        return version;
      }

      @Override
      public UUID idOf(String name) {
        TopicView topic = view.topic(name);
        return topic == null ? NO_ID : topic.id();
      }

      @Override
      public String nameOf(UUID id) {
        TopicView topic = view.topic(id);
        return topic == null ? "" : topic.name();
      }
    };
  }
}
