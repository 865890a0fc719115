package io.ottla;

/** Who has to answer a request. */
public sealed interface Route {
  /** Whoever its kind says: leaders, a coordinator, the controller, or anybody. The default. */
  static Route byKind() {
    return ByKind.INSTANCE;
  }

  /** Any broker. */
  static Route any() {
    return Any.INSTANCE;
  }

  /** The controller of the cluster. */
  static Route controller() {
    return Controller.INSTANCE;
  }

  /** This broker. */
  static Route broker(int id) {
    return new ToBroker(id);
  }

  /** The leader of this partition. */
  static Route leader(String topic, int partition) {
    return new Leader(topic, partition);
  }

  /** The coordinator of this group. */
  static Route group(String id) {
    return new Group(id);
  }

  /** The coordinator of this transactional id. */
  static Route transaction(String id) {
    return new Transaction(id);
  }

  /** See {@link #byKind}. */
  enum ByKind implements Route {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #any}. */
  enum Any implements Route {
    /** The only one. */
    INSTANCE
  }

  /** See {@link #controller}. */
  enum Controller implements Route {
    /** The only one. */
    INSTANCE
  }

  /**
   * See {@link #broker}.
   *
   * @param id the broker's id
   */
  record ToBroker(int id) implements Route {}

  /**
   * See {@link #leader}.
   *
   * @param topic its name
   * @param partition its number
   */
  record Leader(String topic, int partition) implements Route {}

  /**
   * See {@link #group}.
   *
   * @param id the group's id
   */
  record Group(String id) implements Route {}

  /**
   * See {@link #transaction}.
   *
   * @param id the transactional id
   */
  record Transaction(String id) implements Route {}
}
