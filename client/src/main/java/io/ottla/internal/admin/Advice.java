package io.ottla.internal.admin;

import io.ottla.protocol.message.ErrorCode;

/** What to do about a broker's no, where that is not plain from its words. */
final class Advice {
  private static final String GRANT =
      "ask whoever runs the cluster to grant this user the right (an ACL), or log in as another";

  private Advice() {}

  /** Half a sentence; empty if there is nothing to add. */
  static String of(ErrorCode code) {
    return switch (code) {
      case TOPIC_AUTHORIZATION_FAILED,
          GROUP_AUTHORIZATION_FAILED,
          CLUSTER_AUTHORIZATION_FAILED,
          TRANSACTIONAL_ID_AUTHORIZATION_FAILED ->
          GRANT;
      case TOPIC_ALREADY_EXISTS -> "choose another name, or use the one that is there";
      case UNKNOWN_TOPIC_OR_PARTITION, UNKNOWN_TOPIC_ID ->
          "check the name, or create the topic first";
      case INVALID_TOPIC_EXCEPTION ->
          "a name has 1 to 249 letters, digits, '.', '_' or '-', and is not '.' or '..'";
      case INVALID_REPLICATION_FACTOR ->
          "ask for at most as many replicas as there are brokers that run";
      case INVALID_PARTITIONS ->
          "give a number above 0, and above what the topic has; brokers before 2.4 have no default";
      case INVALID_REPLICA_ASSIGNMENT ->
          "name for each partition brokers that exist, none twice, and equally many";
      case INVALID_CONFIG -> "check the key's name and what its value may be";
      case POLICY_VIOLATION -> "the brokers are set up to forbid this";
      case TOPIC_DELETION_DISABLED -> "the brokers are set up with delete.topic.enable=false";
      case NON_EMPTY_GROUP, UNKNOWN_MEMBER_ID, ILLEGAL_GENERATION, REBALANCE_IN_PROGRESS ->
          "stop the group's members first";
      case GROUP_ID_NOT_FOUND -> "check its id";
      case OFFSET_OUT_OF_RANGE -> "take an offset between the earliest and the latest";
      case COORDINATOR_NOT_AVAILABLE, COORDINATOR_LOAD_IN_PROGRESS, NOT_COORDINATOR ->
          "try again a little later";
      case LEADER_NOT_AVAILABLE -> "try again a little later, and check that its brokers run";
      default -> "";
    };
  }
}
