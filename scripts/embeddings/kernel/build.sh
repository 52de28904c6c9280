#!/bin/sh
# Builds the kernel with Debian's clang and lld: apt-get install clang lld
# Without loop strength reduction: it makes addresses that WebAssembly's loads cannot take in.
cd "$(dirname "$0")" && clang --target=wasm32 -O3 -msimd128 -mbulk-memory -nostdlib -ffreestanding -fno-math-errno \
  -mllvm -disable-lsr -Wall -Wextra -Werror -Wl,--no-entry -Wl,--import-memory -Wl,--strip-all -Wl,-z,stack-size=16384 \
  encoder.c -o ../../../src/capabilities/embeddings/built-in/model/encoder.wasm
