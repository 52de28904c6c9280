import { readFile } from 'node:fs/promises';
import { openWordPieces } from '../tokens/word-pieces.ts';
import { block, layoutOf, maxTokens, width } from './encoder-layout.ts';
import { firstFreeByte, startKernel } from './kernel.ts';

export interface Encoder {
  /**
   * Embeds one text: its first 254 word pieces. `lane` is 0 or 1; two texts may be under way at once in different lanes.
   * `pause` is called every millisecond or two, so that something urgent need not wait for the end.
   */
  encode(text: string, lane: 0 | 1, pause: () => void): Float32Array;
}

/** Loads the built-in model from its folder. Takes 21 MB of memory. */
export async function openEncoder(folder: URL): Promise<Encoder> {
  const [code, model, vocabulary] = await Promise.all([
    readFile(new URL('encoder.wasm', folder)),
    readFile(new URL('encoder.bin', folder)),
    readFile(new URL('vocabulary.txt', folder), 'utf8'),
  ]);
  const tokens = vocabulary.split('\n');
  const layout = layoutOf(firstFreeByte, { words: tokens.length, sizeBytes: model.byteLength }, 2);
  const { kernel, memory } = await startKernel(code, layout.totalBytes);
  new Uint8Array(memory).set(model, layout.words);
  const wordPieces = openWordPieces(tokens);

  return {
    encode(text, lane, pause) {
      const { ids, states, qkv, scratch, result } = layout.lanes[lane]!;
      const pieces = wordPieces(text, maxTokens);
      const count = pieces.length;
      const inBlocks = (step: (from: number) => void) => {
        for (let from = 0; from < count; from += block) {
          step(from);
          pause();
        }
      };
      new Int32Array(memory, ids).set(pieces);
      kernel.begin(ids, count, layout.words, layout.positions, layout.norm, states);
      for (const weights of layout.layers) {
        inBlocks((from) => kernel.project(states, count, from, weights, qkv, scratch));
        inBlocks((from) => kernel.mix(states, count, from, weights, qkv, scratch));
        inBlocks((from) => kernel.feed(states, count, from, weights, scratch));
      }
      kernel.finish(states, count, result);
      return new Float32Array(memory, result, width).slice();
    },
  };
}
