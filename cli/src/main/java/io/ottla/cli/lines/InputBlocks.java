package io.ottla.cli.lines;

import io.ottla.cli.terminal.CommandFailedException;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The bytes of some files, one after another, read ahead by a thread of their own, so that the one
 * who waits for input can be interrupted (a read of standard input cannot).
 *
 * <p>Owns: the reading thread and {@value #BLOCKS} blocks; who takes one gives it back.
 *
 * <p>Thread: take, poll and give back on one thread.
 */
public final class InputBlocks implements AutoCloseable {
  private static final int BLOCKS = 4;

  private sealed interface Event permits Filled, Ended, Failed {}

  private record Filled(Block block) implements Event {}

  private record Ended() implements Event {}

  private record Failed(CommandFailedException why) implements Event {}

  private final BlockingQueue<Block> free = new ArrayBlockingQueue<>(BLOCKS);
  private final BlockingQueue<Event> events = new ArrayBlockingQueue<>(BLOCKS + 1);
  private final Thread reader;
  private boolean isEnded;

  private InputBlocks(List<InputFile> files) {
    for (int i = 0; i < BLOCKS; i++) {
      free.add(new Block());
    }
    reader = new Thread(() -> read(files), "ottla-input");
    reader.setDaemon(true);
  }

  /** Opens the named files ({@code -} is standard input), or standard input if none is named. */
  public static InputBlocks open(List<String> names, InputStream standardInput) {
    InputBlocks blocks = new InputBlocks(InputFile.named(names, standardInput));
    blocks.reader.start();
    return blocks;
  }

  /** Waits for the next block; null when there is no more. */
  public @Nullable Block take() throws InterruptedException {
    return isEnded ? null : block(events.take());
  }

  /** The next block if it comes in time; null also when there is no more. */
  public @Nullable Block poll(long timeoutMs) throws InterruptedException {
    Event event = isEnded ? null : events.poll(timeoutMs, TimeUnit.MILLISECONDS);
    return event == null ? null : block(event);
  }

  /** Whether there is no more. */
  public boolean isEnded() {
    return isEnded;
  }

  /** The block is read; its bytes may be overwritten. */
  public void giveBack(Block block) {
    free.add(block);
  }

  /**
   * Stops reading; a read of standard input that is under way stays behind in its daemon thread.
   */
  @Override
  public void close() {
    reader.interrupt();
  }

  private @Nullable Block block(Event event) {
    if (event instanceof Filled filled) {
      return filled.block;
    }
    isEnded = true;
    if (event instanceof Failed failed) {
      throw failed.why;
    }
    return null;
  }

  private void read(List<InputFile> files) {
    try {
      for (InputFile file : files) {
        try (InputStream in = file.open()) {
          read(in);
        } catch (IOException e) {
          events.put(new Failed(file.unreadable(e)));
          return;
        }
      }
      events.put(new Ended());
    } catch (InterruptedException e) {
      // Closed: nobody takes blocks any more.
    }
  }

  private void read(InputStream in) throws IOException, InterruptedException {
    boolean isLast = false;
    while (!isLast) {
      Block block = free.take();
      int length = in.read(block.bytes(), 0, Block.BYTES);
      isLast = length < 0;
      block.filled(Math.max(length, 0), isLast);
      events.put(new Filled(block));
    }
  }
}
