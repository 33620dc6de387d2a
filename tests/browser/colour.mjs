// How far apart two colours are to somebody who sees fewer of them.

// Machado, Oliveira and Fernandes, "A Physiologically-based Model for Simulation of Color Vision Deficiency", 2009,
// severity 1.0, for linear RGB. Achromatopsia: luminance alone.
const SEEN = {
  'full vision': [[1, 0, 0], [0, 1, 0], [0, 0, 1]],
  protanopia: [
    [0.152286, 1.052583, -0.204868],
    [0.114503, 0.786281, 0.099216],
    [-0.003882, -0.048116, 1.051998],
  ],
  deuteranopia: [
    [0.367322, 0.860646, -0.227968],
    [0.280085, 0.672501, 0.047413],
    [-0.01182, 0.04294, 0.968881],
  ],
  tritanopia: [
    [1.255528, -0.076749, -0.178779],
    [-0.078411, 0.930809, 0.147602],
    [0.004733, 0.691367, 0.3039],
  ],
  achromatopsia: [
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
    [0.2126, 0.7152, 0.0722],
  ],
};

export const DEFICIENCIES = ['protanopia', 'deuteranopia', 'tritanopia'];

const multiply = (matrix, vector) => matrix.map((row) => row.reduce((sum, factor, at) => sum + factor * vector[at], 0));
const clamp = (value) => Math.min(1, Math.max(0, value));

function linear(channel) {
  const value = channel / 255;
  return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
}

/** CIE L*a*b*, white point D65, of a linear RGB colour. */
function lab(rgb) {
  const xyz = multiply([
    [0.4124564, 0.3575761, 0.1804375],
    [0.2126729, 0.7151522, 0.072175],
    [0.0193339, 0.119192, 0.9503041],
  ], rgb);
  const white = [0.95047, 1, 1.08883];
  const [x, y, z] = xyz.map((value, at) => {
    const ratio = value / white[at];
    return ratio > 216 / 24389 ? Math.cbrt(ratio) : (24389 / 27 * ratio + 16) / 116;
  });
  return [116 * y - 16, 500 * (x - y), 200 * (y - z)];
}

/** CIE76: the distance in L*a*b*, of two colours `[red, green, blue]` of 0 to 255, as seen with a deficiency. */
export function difference(one, other, vision) {
  const seen = (rgb) => lab(multiply(SEEN[vision], rgb.map(linear)).map(clamp));
  const [a, b] = [seen(one), seen(other)];
  return Math.hypot(...a.map((value, at) => value - b[at]));
}
