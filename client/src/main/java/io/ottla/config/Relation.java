package io.ottla.config;

/** What must hold between the values of two options. */
interface Relation {
  /** Says what does not hold, or lets a value that nobody gave follow one that somebody did. */
  void settle(Resolution values);

  /**
   * The first is not greater than the second. If only one of them is given, the other one's default
   * moves along.
   */
  static <T extends Comparable<T>> Relation atMost(Option<T> low, Option<T> high) {
    return values -> {
      T lowest = values.get(low);
      T highest = values.get(high);
      if (lowest.compareTo(highest) <= 0) {
        return;
      }
      if (!values.isGiven(high)) {
        values.assume(high, lowest);
      } else if (!values.isGiven(low)) {
        values.assume(low, highest);
      } else {
        values.refuse(low, "at most " + values.told(high));
      }
    };
  }

  /** Who gives the first gives the second. */
  static Relation needs(Option<?> option, Option<?> other) {
    return values -> {
      if (values.isGiven(option) && !values.isGiven(other)) {
        values.refuse(option, "needs " + other.name() + " beside it");
      }
    };
  }

  /** They say contrary things, so one of them must go. */
  static Relation notTogether(Option<?> option, Option<?> other) {
    return values -> {
      if (values.isGiven(option) && values.isGiven(other)) {
        values.refuse(option, "not together with " + values.told(other) + "; leave one of them");
      }
    };
  }
}
