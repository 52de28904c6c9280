/** The functions of `encoder.wasm`; all arguments are addresses in its memory, or tokens: how many, and which. */
export interface Kernel {
  begin(ids: number, tokens: number, words: number, positions: number, norm: number, states: number): void;
  project(states: number, from: number, to: number, weights: number, qkv: number, scratch: number): void;
  mix(
    states: number,
    tokens: number,
    from: number,
    to: number,
    weights: number,
    qkv: number,
    scratch: number,
  ): void;
  feed(states: number, from: number, to: number, weights: number, scratch: number): void;
  finish(states: number, tokens: number, result: number): void;
}

/** What a second thread needs to run the kernel in the same memory; may be sent to it. */
export interface KernelParts {
  module: object;
  memory: { readonly buffer: SharedArrayBuffer };
}

/** What of WebAssembly's interface is used; the platform's types leave it to browsers. */
interface WebAssemblyApi {
  Memory: new (options: { initial: number; maximum: number; shared: true }) => KernelParts['memory'];
  Instance: new (module: object, imports: object) => { exports: object };
  compile(code: Uint8Array): Promise<object>;
}

const pageBytes = 65_536;

/** Where the caller's part of the memory begins; before it are the kernel's constants and stack. */
export const firstFreeByte = 65_536;

/** Room that a second thread needs for its stack. */
export const stackBytes = 16_384;

const { WebAssembly } = globalThis as unknown as { WebAssembly: WebAssemblyApi };

/** Starts the kernel with a memory of its own, all zeros. */
export async function startKernel(
  code: Uint8Array,
  memoryBytes: number,
): Promise<{ kernel: Kernel; parts: KernelParts }> {
  const pages = Math.ceil(memoryBytes / pageBytes);
  const memory = new WebAssembly.Memory({ initial: pages, maximum: pages, shared: true });
  const module = await WebAssembly.compile(code);
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  return { kernel: exports as Kernel, parts: { module, memory } };
}

/** The kernel once more, in another thread, with its stack below this address. */
export function joinKernel({ module, memory }: KernelParts, stackEnd: number): Kernel {
  const { exports } = new WebAssembly.Instance(module, { env: { memory } });
  (exports as { __stack_pointer: { value: number } }).__stack_pointer.value = stackEnd;
  return exports as Kernel;
}
