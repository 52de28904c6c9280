/** The functions of `encoder.wasm`; all arguments are addresses in its memory or counts of tokens. */
export interface Kernel {
  begin(ids: number, tokens: number, words: number, positions: number, norm: number, states: number): void;
  project(states: number, tokens: number, from: number, weights: number, qkv: number, scratch: number): void;
  mix(states: number, tokens: number, from: number, weights: number, qkv: number, scratch: number): void;
  feed(states: number, tokens: number, from: number, weights: number, scratch: number): void;
  finish(states: number, tokens: number, result: number): void;
}

/** What of WebAssembly's interface is used; the platform's types leave it to browsers. */
interface WebAssemblyApi {
  Memory: new (options: { initial: number }) => { readonly buffer: ArrayBuffer };
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: object } }>;
}

const pageBytes = 65_536;

/** Where the caller's part of the memory begins; before it are the kernel's constants and stack. */
export const firstFreeByte = 65_536;

/** Starts the kernel with a memory of its own, all zeros. */
export async function startKernel(
  code: Uint8Array,
  memoryBytes: number,
): Promise<{ kernel: Kernel; memory: ArrayBuffer }> {
  const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };
  const memory = new WebAssembly.Memory({ initial: Math.ceil(memoryBytes / pageBytes) });
  const { instance } = await WebAssembly.instantiate(code, { env: { memory } });
  return { kernel: instance.exports as Kernel, memory: memory.buffer };
}
