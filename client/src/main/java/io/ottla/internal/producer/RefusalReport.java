package io.ottla.internal.producer;

/** The report of a record that never was in a batch. */
final class RefusalReport extends Handover {
  private final DeliveryThread thread;
  private final Reports.Refusal refusal;

  RefusalReport(DeliveryThread thread, Reports.Refusal refusal) {
    this.thread = thread;
    this.refusal = refusal;
  }

  @Override
  void tell(Teller teller) {
    Object ticket = refusal.ticket();
    boolean mayWait = !thread.mayNotWait();
    if (ticket instanceof Ticket both) {
      teller.tell(both.target(), KeptReport.of(refusal, both.ref()), mayWait);
    } else {
      teller.tell(ticket, KeptReport.of(refusal, null), mayWait);
    }
    teller.onReported(refusal);
  }
}
