// Forward pass of a small BERT encoder, for WebAssembly with 128-bit SIMD and nothing else: no library, no allocation.
// Weights are 8-bit integers with one scale for each output; activations become 13-bit integers with one scale for each
// token, so that a product is exact in integers and sums cannot overflow: 127 * 4095 * 1536 < 2^31.
// Word vectors are 4-bit integers with one scale for each 32 of them. The rest is 32-bit floating point.
//
// The caller owns the memory and says where everything is; all addresses are multiples of 16.

#include <stdint.h>
#include <wasm_simd128.h>

#define WIDTH 384
#define HEADS 12
#define HEAD_WIDTH (WIDTH / HEADS)
#define INNER 1536
#define GROUP 32
#define BLOCK 32 // what stays in the processor's cache
#define MAX_TOKENS 256
#define ROW_BYTES (WIDTH / 2 + 2 * (WIDTH / GROUP))
#define EXPORT(name) __attribute__((export_name(name)))

typedef struct {
  const int8_t *weights;
  const float *scales;
  const float *bias;
} linear;

typedef struct {
  linear qkv, merge;
  const float *norm1;
  linear widen, narrow;
  const float *norm2;
} layer_weights;

// Room for the work on one block.
typedef struct {
  float wide[BLOCK * INNER];
  float slim[BLOCK * WIDTH];
  int16_t integers[BLOCK * INNER];
  float scales[BLOCK];
  float shares[MAX_TOKENS];
} scratch;

static float from_bf16(uint16_t bits) {
  union { uint32_t u; float f; } value = {(uint32_t)bits << 16};
  return value.f;
}

// e^x within 2e-7 of relative error for -87 <= x <= 88; smaller x count as -87.
static v128_t exp4(v128_t x) {
  x = wasm_f32x4_max(x, wasm_f32x4_splat(-87.0f));
  v128_t n = wasm_f32x4_nearest(wasm_f32x4_mul(x, wasm_f32x4_splat(1.44269504f)));
  v128_t r = wasm_f32x4_sub(x, wasm_f32x4_mul(n, wasm_f32x4_splat(0.693359375f)));
  r = wasm_f32x4_add(r, wasm_f32x4_mul(n, wasm_f32x4_splat(2.12194440e-4f)));
  v128_t p = wasm_f32x4_splat(1.9875691e-4f);
  static const float rest[] = {1.3981999e-3f, 8.3334519e-3f, 4.1665795e-2f, 1.6666665e-1f, 0.5f, 1.0f, 1.0f};
  for (int i = 0; i < 7; i++) p = wasm_f32x4_add(wasm_f32x4_mul(p, r), wasm_f32x4_splat(rest[i]));
  v128_t power = wasm_i32x4_shl(wasm_i32x4_add(wasm_i32x4_trunc_sat_f32x4(n), wasm_i32x4_splat(127)), 23);
  return wasm_f32x4_mul(p, power);
}

// x * Phi(x) within 4e-5: an odd polynomial for erf(x / sqrt 2) on -4.5 to 4.5, 1 or -1 beyond.
static v128_t gelu4(v128_t x) {
  v128_t end = wasm_f32x4_splat(4.5f);
  v128_t t = wasm_f32x4_pmax(wasm_f32x4_pmin(x, end), wasm_f32x4_neg(end));
  v128_t square = wasm_f32x4_mul(t, t);
  v128_t p = wasm_f32x4_splat(6.0726953e-11f);
  static const float rest[] = {-6.6291928e-9f, 3.1819463e-7f, -8.9033630e-6f, 1.6284922e-4f,
                               -2.0751750e-3f, 1.9170377e-2f, -1.3196926e-1f, 7.9742518e-1f};
  for (int i = 0; i < 8; i++) p = wasm_f32x4_add(wasm_f32x4_mul(p, square), wasm_f32x4_splat(rest[i]));
  v128_t half = wasm_f32x4_mul(x, wasm_f32x4_splat(0.5f));
  return wasm_f32x4_add(half, wasm_f32x4_mul(half, wasm_f32x4_mul(p, t)));
}

static float sum4(v128_t v) {
  return wasm_f32x4_extract_lane(v, 0) + wasm_f32x4_extract_lane(v, 1) + wasm_f32x4_extract_lane(v, 2) +
         wasm_f32x4_extract_lane(v, 3);
}

static float max4(v128_t v) {
  v128_t pair = wasm_f32x4_max(v, wasm_i32x4_shuffle(v, v, 2, 3, 0, 1));
  v128_t all = wasm_f32x4_max(pair, wasm_i32x4_shuffle(pair, pair, 1, 0, 3, 2));
  return wasm_f32x4_extract_lane(all, 0);
}

static int32_t sum_lanes(v128_t v) {
  return wasm_i32x4_extract_lane(v, 0) + wasm_i32x4_extract_lane(v, 1) + wasm_i32x4_extract_lane(v, 2) +
         wasm_i32x4_extract_lane(v, 3);
}

// `norm` is the gain, then the bias.
static void layer_norm(float *x, const float *norm) {
  const float *gain = norm, *bias = norm + WIDTH;
  v128_t sum = wasm_f32x4_splat(0), squares = wasm_f32x4_splat(0);
  for (int i = 0; i < WIDTH; i += 4) sum = wasm_f32x4_add(sum, wasm_v128_load(x + i));
  v128_t mean = wasm_f32x4_splat(sum4(sum) / WIDTH);
  for (int i = 0; i < WIDTH; i += 4) {
    v128_t d = wasm_f32x4_sub(wasm_v128_load(x + i), mean);
    squares = wasm_f32x4_add(squares, wasm_f32x4_mul(d, d));
  }
  v128_t scale = wasm_f32x4_splat(1.0f / __builtin_sqrtf(sum4(squares) / WIDTH + 1e-12f));
  for (int i = 0; i < WIDTH; i += 4) {
    v128_t d = wasm_f32x4_mul(wasm_f32x4_sub(wasm_v128_load(x + i), mean), scale);
    wasm_v128_store(x + i, wasm_f32x4_add(wasm_f32x4_mul(d, wasm_v128_load(gain + i)), wasm_v128_load(bias + i)));
  }
}

// Rows of floats to 13-bit integers; scales[t] undoes it.
static void to_integers(const float *x, int tokens, int width, int16_t *out, float *scales) {
  // Added to a number below 2^22 this leaves it rounded in the lowest bits.
  v128_t magic = wasm_f32x4_splat(12582912.0f);
  for (int t = 0; t < tokens; t++, x += width, out += width) {
    v128_t largest = wasm_f32x4_splat(1e-20f);
    for (int i = 0; i < width; i += 4) largest = wasm_f32x4_pmax(largest, wasm_f32x4_abs(wasm_v128_load(x + i)));
    float top = max4(largest);
    scales[t] = top / 4095.0f;
    v128_t factor = wasm_f32x4_splat(4095.0f / top);
    for (int i = 0; i < width; i += 8) {
      v128_t low = wasm_f32x4_add(wasm_f32x4_mul(wasm_v128_load(x + i), factor), magic);
      v128_t high = wasm_f32x4_add(wasm_f32x4_mul(wasm_v128_load(x + i + 4), factor), magic);
      wasm_v128_store(out + i, wasm_i16x8_narrow_i32x4(wasm_i32x4_sub(low, magic), wasm_i32x4_sub(high, magic)));
    }
  }
}

// One tile: two outputs of `rows` tokens (1 to 4; a constant at each call, so that the loops unroll).
__attribute__((always_inline)) static void tile(const int16_t *x, const float *x_scales, const linear *by, int width,
                                                int n, int outputs, float *out, int rows) {
  const int8_t *w0 = by->weights + (long)n * width, *w1 = w0 + width;
  v128_t a[4], b[4];
  for (int t = 0; t < rows; t++) a[t] = b[t] = wasm_i32x4_splat(0);
  for (int k = 0; k < width; k += 8) {
    v128_t u = wasm_i16x8_load8x8(w0 + k), v = wasm_i16x8_load8x8(w1 + k);
    for (int t = 0; t < rows; t++) {
      v128_t token = wasm_v128_load(x + t * width + k);
      a[t] = wasm_i32x4_add(a[t], wasm_i32x4_dot_i16x8(token, u));
      b[t] = wasm_i32x4_add(b[t], wasm_i32x4_dot_i16x8(token, v));
    }
  }
  for (int t = 0; t < rows; t++) {
    out[t * outputs + n] = sum_lanes(a[t]) * x_scales[t] * by->scales[n] + by->bias[n];
    out[t * outputs + n + 1] = sum_lanes(b[t]) * x_scales[t] * by->scales[n + 1] + by->bias[n + 1];
  }
}

// Rows are taken three and four at a time where that comes out even: a tile of one row costs as much as one of three.
__attribute__((always_inline)) static inline void multiply_wide(const int16_t *x, const float *x_scales, int tokens,
                                                                const linear *by, int width, int outputs, float *out) {
  int threes = (4 - tokens % 4) % 4;
  if (3 * threes > tokens) threes = tokens == 5;
  for (int n = 0; n < outputs; n += 2) {
    int t = 0;
    for (; t < 3 * threes; t += 3) tile(x + t * width, x_scales + t, by, width, n, outputs, out + t * outputs, 3);
    for (; t + 4 <= tokens; t += 4) tile(x + t * width, x_scales + t, by, width, n, outputs, out + t * outputs, 4);
    const int16_t *rest = x + t * width;
    float *into = out + t * outputs;
    if (tokens - t == 2) tile(rest, x_scales + t, by, width, n, outputs, into, 2);
    else if (tokens - t == 1) tile(rest, x_scales + t, by, width, n, outputs, into, 1);
  }
}

// out[tokens][outputs] = x[tokens][width] times the weights, plus the bias. Both widths are constants in the loops.
static void multiply(const int16_t *x, const float *x_scales, int tokens, const linear *by, int width, int outputs,
                     float *out) {
  if (width == WIDTH) multiply_wide(x, x_scales, tokens, by, WIDTH, outputs, out);
  else multiply_wide(x, x_scales, tokens, by, INNER, outputs, out);
}

// mixed[t] = what token t takes from all tokens, head by head, for `from` <= t < `to`.
static void attend(const float *qkv, int tokens, int from, int to, float *weights, float *mixed) {
  const float factor = 0.17677669529663687f; // 1 / sqrt(HEAD_WIDTH)
  int padded = (tokens + 3) & ~3;
  for (int head = 0; head < HEADS; head++) {
    for (int t = from; t < to; t++) {
      const float *q = qkv + t * 3 * WIDTH + head * HEAD_WIDTH;
      v128_t query[HEAD_WIDTH / 4];
      for (int i = 0; i < HEAD_WIDTH / 4; i++) query[i] = wasm_v128_load(q + 4 * i);
      float top = -1e30f;
      for (int s = 0; s < tokens; s++) {
        const float *k = qkv + s * 3 * WIDTH + WIDTH + head * HEAD_WIDTH;
        v128_t sum = wasm_f32x4_mul(query[0], wasm_v128_load(k));
        for (int i = 1; i < HEAD_WIDTH / 4; i++)
          sum = wasm_f32x4_add(sum, wasm_f32x4_mul(query[i], wasm_v128_load(k + 4 * i)));
        weights[s] = sum4(sum) * factor;
        if (weights[s] > top) top = weights[s];
      }
      for (int s = tokens; s < padded; s++) weights[s] = -1e30f;
      v128_t total = wasm_f32x4_splat(0);
      for (int s = 0; s < padded; s += 4) {
        v128_t e = exp4(wasm_f32x4_sub(wasm_v128_load(weights + s), wasm_f32x4_splat(top)));
        wasm_v128_store(weights + s, e);
        total = wasm_f32x4_add(total, e);
      }
      float share = 1.0f / sum4(total);
      v128_t out[HEAD_WIDTH / 4];
      for (int i = 0; i < HEAD_WIDTH / 4; i++) out[i] = wasm_f32x4_splat(0);
      for (int s = 0; s < tokens; s++) {
        const float *v = qkv + s * 3 * WIDTH + 2 * WIDTH + head * HEAD_WIDTH;
        v128_t weight = wasm_f32x4_splat(weights[s] * share);
        for (int i = 0; i < HEAD_WIDTH / 4; i++)
          out[i] = wasm_f32x4_add(out[i], wasm_f32x4_mul(weight, wasm_v128_load(v + 4 * i)));
      }
      for (int i = 0; i < HEAD_WIDTH / 4; i++)
        wasm_v128_store(mixed + (t - from) * WIDTH + head * HEAD_WIDTH + 4 * i, out[i]);
    }
  }
}

static void add_and_norm(float *x, const float *more, int tokens, const float *norm) {
  for (int t = 0; t < tokens; t++, x += WIDTH, more += WIDTH) {
    for (int i = 0; i < WIDTH; i += 4)
      wasm_v128_store(x + i, wasm_f32x4_add(wasm_v128_load(x + i), wasm_v128_load(more + i)));
    layer_norm(x, norm);
  }
}

static linear take_linear(const uint8_t **at, int width, int outputs) {
  linear taken;
  taken.weights = (const int8_t *)*at;
  taken.scales = (const float *)(*at + (long)width * outputs);
  taken.bias = taken.scales + outputs;
  *at = (const uint8_t *)(taken.bias + outputs);
  return taken;
}

static const float *take_floats(const uint8_t **at, int count) {
  const float *taken = (const float *)*at;
  *at += 4 * count;
  return taken;
}

// x[tokens][WIDTH] = word vector + position vector (the kind of segment is in it), normalised.
// `words` are rows of ROW_BYTES: packed nibbles, then scales; `positions` are 16-bit floats.
EXPORT("begin")
void begin(const int32_t *ids, int tokens, const uint8_t *words, const uint16_t *positions, const float *norm,
           float *x) {
  for (int t = 0; t < tokens; t++, x += WIDTH) {
    const uint8_t *row = words + (long)ids[t] * ROW_BYTES;
    const uint16_t *scales = (const uint16_t *)(row + WIDTH / 2);
    for (int i = 0; i < WIDTH; i += 2) {
      float scale = from_bf16(scales[i / GROUP]);
      x[i] = ((row[i / 2] & 15) - 8) * scale + from_bf16(positions[t * WIDTH + i]);
      x[i + 1] = ((row[i / 2] >> 4) - 8) * scale + from_bf16(positions[t * WIDTH + i + 1]);
    }
    layer_norm(x, norm);
  }
}

static layer_weights read_layer(const uint8_t *at) {
  layer_weights layer;
  layer.qkv = take_linear(&at, WIDTH, 3 * WIDTH);
  layer.merge = take_linear(&at, WIDTH, WIDTH);
  layer.norm1 = take_floats(&at, 2 * WIDTH);
  layer.widen = take_linear(&at, WIDTH, INNER);
  layer.narrow = take_linear(&at, INNER, WIDTH);
  layer.norm2 = take_floats(&at, 2 * WIDTH);
  return layer;
}

// A layer is three steps, the first for all tokens before the second begins. Each call does at most BLOCK tokens, `from` to
// before `to`, a millisecond or so, so that the caller can turn to something urgent in between. The states change in place.
// Calls for different tokens may run side by side in threads that share the memory, each with room of its own.

// First step: query, key and value of each token, side by side in `qkv`.
EXPORT("project")
void project(const float *states, int from, int to, const uint8_t *weights, float *qkv, scratch *room) {
  layer_weights layer = read_layer(weights);
  int count = to - from;
  to_integers(states + from * WIDTH, count, WIDTH, room->integers, room->scales);
  multiply(room->integers, room->scales, count, &layer.qkv, WIDTH, 3 * WIDTH, qkv + from * 3 * WIDTH);
}

// Second step: what each token takes from all `tokens`.
EXPORT("mix")
void mix(float *states, int tokens, int from, int to, const uint8_t *weights, const float *qkv, scratch *room) {
  layer_weights layer = read_layer(weights);
  int count = to - from;
  attend(qkv, tokens, from, to, room->shares, room->slim);
  to_integers(room->slim, count, WIDTH, room->integers, room->scales);
  multiply(room->integers, room->scales, count, &layer.merge, WIDTH, WIDTH, room->slim);
  add_and_norm(states + from * WIDTH, room->slim, count, layer.norm1);
}

// Third step: what each token makes of it.
EXPORT("feed")
void feed(float *states, int from, int to, const uint8_t *weights, scratch *room) {
  layer_weights layer = read_layer(weights);
  int count = to - from;
  to_integers(states + from * WIDTH, count, WIDTH, room->integers, room->scales);
  multiply(room->integers, room->scales, count, &layer.widen, WIDTH, INNER, room->wide);
  for (int i = 0; i < count * INNER; i += 4) wasm_v128_store(room->wide + i, gelu4(wasm_v128_load(room->wide + i)));
  to_integers(room->wide, count, INNER, room->integers, room->scales);
  multiply(room->integers, room->scales, count, &layer.narrow, INNER, WIDTH, room->slim);
  add_and_norm(states + from * WIDTH, room->slim, count, layer.norm2);
}

// Mean of the tokens, at unit length.
EXPORT("finish")
void finish(const float *x, int tokens, float *out) {
  v128_t squares = wasm_f32x4_splat(0);
  for (int i = 0; i < WIDTH; i += 4) {
    v128_t sum = wasm_v128_load(x + i);
    for (int t = 1; t < tokens; t++) sum = wasm_f32x4_add(sum, wasm_v128_load(x + t * WIDTH + i));
    wasm_v128_store(out + i, sum);
    squares = wasm_f32x4_add(squares, wasm_f32x4_mul(sum, sum));
  }
  v128_t scale = wasm_f32x4_splat(1.0f / __builtin_sqrtf(sum4(squares)));
  for (int i = 0; i < WIDTH; i += 4) wasm_v128_store(out + i, wasm_f32x4_mul(wasm_v128_load(out + i), scale));
}
