package io.ottla.cli.lines;

/**
 * Takes lines; the bytes are the splitter's, and valid during the call only.
 *
 * @param <X> what can go wrong with a line
 */
@FunctionalInterface
public interface LineSink<X extends Exception> {
  void line(byte[] bytes, int offset, int length) throws X, InterruptedException;
}
