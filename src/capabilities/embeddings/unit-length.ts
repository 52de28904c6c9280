/** Scales a vector to length 1, in place; one without any direction becomes the first axis. */
export function toUnitLength(vector: Float32Array): Float32Array {
  let squares = 0;
  for (const value of vector) squares += value * value;
  if (squares === 0) vector[0] = squares = 1;
  const factor = 1 / Math.sqrt(squares);
  for (let i = 0; i < vector.length; i += 1) vector[i]! *= factor;
  return vector;
}
