package io.ottla.internal.producer;

/** What runs when all that was handed over before is told. */
final class AfterAll extends Handover {
  private final DeliveryThread thread;
  private final Runnable then;

  AfterAll(DeliveryThread thread, Runnable then) {
    this.thread = thread;
    this.then = then;
  }

  @Override
  void tell(Teller teller) {
    teller.run(then, !thread.mayNotWait());
  }
}
