package io.ottla.internal.producer;

import io.ottla.internal.runtime.Clock;
import io.ottla.internal.runtime.Loop;
import io.ottla.protocol.record.BufferPool;

/**
 * What the queues of a producer share.
 *
 * @param loop the producer's
 * @param clock the time
 * @param memory what their batches may take
 * @param pool where their buffers come from
 * @param ticker watches their open batches
 * @param sealing seals their batches
 * @param rounds counts their batches
 * @param signals wakes the loop
 * @param outage whether records go to the overflow because no broker is there
 */
record Ground(
    Loop loop,
    Clock clock,
    Memory memory,
    BufferPool pool,
    Ticker ticker,
    Sealing sealing,
    Rounds rounds,
    Signals signals,
    Outage outage) {}
