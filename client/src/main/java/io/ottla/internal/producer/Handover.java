package io.ottla.internal.producer;

import org.jspecify.annotations.Nullable;

/** Something of which reports are to be made, on its way to the {@link DeliveryThread}. */
abstract class Handover {
  /** Handed over before it, while both wait; the thread turns the chain around. */
  @Nullable Handover next;

  /** Makes the reports. On the delivery thread; throws nothing. */
  abstract void tell(Teller teller);
}
