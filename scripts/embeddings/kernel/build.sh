#!/bin/sh
# Builds the kernel with Debian's clang and lld: apt-get install clang lld
# Without loop strength reduction: it makes addresses that WebAssembly's loads cannot take in.
# Two threads may run it in one memory, so each needs a stack: the second one moves its pointer.
cd "$(dirname "$0")" && clang --target=wasm32 -O3 -msimd128 -mbulk-memory -matomics -mmutable-globals -nostdlib \
  -ffreestanding -fno-math-errno -mllvm -disable-lsr -Wall -Wextra -Werror -Wl,--no-entry -Wl,--import-memory \
  -Wl,--shared-memory -Wl,--max-memory=67108864 -Wl,--export=__stack_pointer -Wl,--strip-all -Wl,-z,stack-size=16384 \
  encoder.c -o ../../../src/capabilities/embeddings/built-in/model/encoder.wasm
