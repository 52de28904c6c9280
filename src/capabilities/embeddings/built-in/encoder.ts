import { readFile } from 'node:fs/promises';
import { openWordPieces } from '../tokens/word-pieces.ts';
import { block, layoutOf, maxTokens, width } from './encoder-layout.ts';
import { controlBytes, openHalves } from './halves.ts';
import { firstFreeByte, startKernel } from './kernel.ts';
import { startPartner } from './partner.ts';

export interface Encoder {
  /**
   * Embeds one text: its first 254 word pieces. `lane` is 0 or 1; two texts may be under way at once in different lanes.
   * `pause` is called every millisecond or two, so that something urgent need not wait for the end.
   */
  encode(text: string, lane: 0 | 1, pause: () => void): Float32Array;
  /** Starts a second thread that takes halves of the work on texts in lane 1, when it gets a processor; same vectors. */
  addPartner(): void;
}

/** With fewer tokens, waiting for each other costs what sharing saves. */
const leastShared = 8;
/** A partner that had no processor for so long is not asked again for a while: the machine is busy with something else. */
const lateMs = 2;
const textsAlone = 100;

/** Loads the built-in model from its folder. Takes 21 MB of memory. */
export async function openEncoder(folder: URL): Promise<Encoder> {
  const [code, model, vocabulary] = await Promise.all([
    readFile(new URL('encoder.wasm', folder)),
    readFile(new URL('encoder.bin', folder)),
    readFile(new URL('vocabulary.txt', folder), 'utf8'),
  ]);
  const tokens = vocabulary.split('\n');
  const layout = layoutOf(firstFreeByte, { words: tokens.length, sizeBytes: model.byteLength }, 2);
  const { kernel, parts } = await startKernel(code, layout.totalBytes);
  const memory = parts.memory.buffer;
  new Uint8Array(memory).set(model, layout.words);
  const wordPieces = openWordPieces(tokens);

  const { states, qkv, scratch } = layout.lanes[1]!;
  const places = { layers: layout.layers, states, qkv };
  const control = new Int32Array(new SharedArrayBuffer(controlBytes));
  const shared = openHalves(kernel, places, scratch, control);
  let hasPartner = false;
  let alone = 0;
  /** Whether the work on this text was shared. */
  const share = (lane: 0 | 1, tokens: number): boolean => {
    if (!hasPartner || lane === 0 || tokens < leastShared) return false;
    if (alone > 0) {
      alone -= 1;
      return false;
    }
    if (shared.lead(tokens) > lateMs) alone = textsAlone;
    return true;
  };

  return {
    addPartner() {
      hasPartner = true;
      startPartner({ parts, places, control, ...layout.partner });
    },

    encode(text, lane, pause) {
      const { ids, states, qkv, scratch, result } = layout.lanes[lane]!;
      const pieces = wordPieces(text, maxTokens);
      const count = pieces.length;
      const inBlocks = (step: (from: number, to: number) => void) => {
        for (let from = 0; from < count; from += block) {
          step(from, Math.min(from + block, count));
          pause();
        }
      };
      new Int32Array(memory, ids).set(pieces);
      kernel.begin(ids, count, layout.words, layout.positions, layout.norm, states);
      if (!share(lane, count)) {
        for (const weights of layout.layers) {
          inBlocks((from, to) => kernel.project(states, from, to, weights, qkv, scratch));
          inBlocks((from, to) => kernel.mix(states, count, from, to, weights, qkv, scratch));
          inBlocks((from, to) => kernel.feed(states, from, to, weights, scratch));
        }
      }
      kernel.finish(states, count, result);
      return new Float32Array(memory, result, width).slice();
    },
  };
}
