// The middle and the spread of a few measurements.

/** The middle one; of an even number the upper of the two. */
export function median(values) {
  return sorted(values)[Math.floor(values.length / 2)] ?? Number.NaN;
}

/** `12 (10..15)`: median, least and most. */
export function spread(values, digits = 0) {
  const [least, middle, most] = [Math.min(...values), median(values), Math.max(...values)].map((value) => value.toFixed(digits));
  return least === most ? middle : `${middle} (${least}..${most})`;
}

/** How many times ours something is, such as `1.53`. */
export function ratio(values, ours) {
  const times = median(values) / median(ours);
  return Number.isFinite(times) ? times.toFixed(2) : "–";
}

function sorted(values) {
  return [...values].sort((one, other) => one - other);
}
