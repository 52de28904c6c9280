import { Transform, type Readable } from 'node:stream';

/** A line that was not passed on. `head` and `tail` are its first and last bytes, at most `keptBytes` each. */
export interface OversizedLine {
  sizeBytes: number;
  head: string;
  tail: string;
}

const keptBytes = 512;
const newline = 10;
/** Ends what was passed on of a line before it grew too long; no JSON holds a bare NUL, so a reader drops the line. */
const broken = Buffer.from('\0\n');
const nothing = Buffer.alloc(0);

/**
 * Standard input for a reader that gives up at a line it cannot hold. Lines of at most `limitBytes` bytes, their end not
 * counted, come through as they are, and chunks of them uncopied; of a longer one `onOversized` hears once it has ended,
 * and the lines behind it come through again. It holds at most a chunk of it. `release` lets go of the input.
 */
export function boundStdin(
  stdin: Readable,
  options: { limitBytes: number; onOversized: (line: OversizedLine) => void },
): { stream: Readable; release(): void } {
  const { limitBytes, onOversized } = options;
  /** Bytes of the line that has not ended, and the first of them. */
  let lineBytes = 0;
  let head: Buffer = nothing;
  let tail: Buffer | undefined;

  function take(stream: Transform, chunk: Buffer): void {
    if (tail === undefined && lineBytes + chunk.length <= limitBytes) {
      stream.push(chunk);
      const begin = chunk.lastIndexOf(newline) + 1;
      goOn(chunk.subarray(begin), begin > 0);
      return;
    }
    for (let from = 0; from < chunk.length;) {
      const at = chunk.indexOf(newline, from);
      const to = at === -1 ? chunk.length : at;
      takePiece(stream, chunk.subarray(from, to), at !== -1);
      from = to + 1;
    }
  }

  /** A line's piece, without its end. */
  function takePiece(stream: Transform, piece: Buffer, ends: boolean): void {
    goOn(piece, false);
    if (tail === undefined && lineBytes > limitBytes) {
      stream.push(broken);
      tail = nothing;
    }
    if (tail !== undefined) tail = lastOf(tail, piece);
    else {
      stream.push(piece);
      if (ends) stream.push('\n');
    }
    if (ends) end();
  }

  function goOn(piece: Buffer, fresh: boolean): void {
    if (fresh) [lineBytes, head] = [0, nothing];
    lineBytes += piece.length;
    if (head.length < keptBytes && piece.length > 0)
      head =
        head.length === 0
          ? piece.subarray(0, keptBytes)
          : Buffer.concat([head, piece.subarray(0, keptBytes - head.length)]);
  }

  function end(): void {
    if (tail !== undefined)
      onOversized({ sizeBytes: lineBytes, head: head.toString(), tail: tail.toString() });
    [lineBytes, head, tail] = [0, nothing, undefined];
  }

  const stream = new Transform({
    transform(chunk: Buffer, _encoding, done) {
      take(this, chunk);
      done();
    },
    flush(done) {
      end();
      done();
    },
  });
  const fail = (error: Error) => void stream.destroy(error);
  const close = () => void stream.end();
  stdin.on('error', fail).on('close', close).pipe(stream);
  return {
    stream,
    release() {
      stdin.off('error', fail).off('close', close).unpipe(stream);
      stdin.pause();
    },
  };
}

function lastOf(tail: Buffer, piece: Buffer): Buffer {
  return piece.length >= keptBytes
    ? piece.subarray(-keptBytes)
    : Buffer.concat([tail, piece]).subarray(-keptBytes);
}
