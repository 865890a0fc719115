package io.ottla.testkit;

/**
 * Starts a server, says which process and directory it has, and lives until it is ended from
 * outside.
 */
final class ParentProgram {
  private ParentProgram() {}

  public static void main(String[] arguments) throws InterruptedException {
    KafkaServer kafka = KafkaServer.builder().start();
    System.out.println("node " + kafka.node(1).pid());
    System.out.println("data " + kafka.dataDirectory());
    Thread.currentThread().join();
  }
}
