package io.ottla.testkit.internal.log;

import io.ottla.protocol.record.RecordBatch;
import io.ottla.protocol.record.RecordBatches;
import io.ottla.testkit.internal.loop.ManualTimers;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** A log whose time stands still until the test moves it. */
abstract class LogTestBase {
  static final int EPOCH = 3;

  final ManualTimers timers = new ManualTimers();
  final TestSettings settings = new TestSettings();
  final PartitionLog log = new PartitionLog(timers, settings);

  AppendResult append(TestBatch batch) {
    return append(batch.bytes());
  }

  AppendResult append(ByteBuffer bytes) {
    return log.append(bytes, EPOCH);
  }

  /** Appends batches of one record each. */
  void appendRecords(int records) {
    for (int i = 0; i < records; i++) {
      append(TestBatch.of(1));
    }
  }

  List<RecordBatch> stored() {
    LogRead read = log.read(log.startOffset(), log.endOffset(), Integer.MAX_VALUE, true);
    List<RecordBatch> batches = new ArrayList<>();
    RecordBatches.of(read.bytes()).forEach(batches::add);
    return batches;
  }

  RecordBatch lastStored() {
    List<RecordBatch> all = stored();
    return all.get(all.size() - 1);
  }
}
