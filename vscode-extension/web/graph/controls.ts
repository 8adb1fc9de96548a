/** An edge's curve as Cytoscape wants it: how far along the line between its ends, and how far off. */
export interface Controls {
  readonly weights: number[];
  readonly distances: number[];
}

/**
 * A route's corners as control points of quadratic pieces, which meet in the middle between two of
 * them: straight through columns, and from column to column as an S.
 */
export function controlPoints(route: Float64Array): Controls {
  const points: [number, number][] = [];
  const at = (i: number): [number, number] => [route[2 * i] ?? 0, route[2 * i + 1] ?? 0];
  const corners = route.length / 2;
  for (let i = 0; i + 1 < corners; i++) {
    const [x0, y0] = at(i);
    const [x1, y1] = at(i + 1);
    if (i % 2 === 0) {
      const middle = (x0 + x1) / 2;
      points.push([middle, y0], [middle, y1]);
    } else {
      // A column is passed. Twice the same point: the pieces meet there.
      points.push([x0, y0], [x0, y0], [x1, y1], [x1, y1]);
    }
  }
  return relative(points, at(0), at(corners - 1));
}

function relative(
  points: readonly [number, number][],
  [startX, startY]: readonly [number, number],
  [endX, endY]: readonly [number, number],
): Controls {
  const [dx, dy] = [endX - startX, endY - startY];
  const length = Math.hypot(dx, dy) || 1;
  return {
    weights: points.map(([x, y]) => ((x - startX) * dx + (y - startY) * dy) / (length * length)),
    distances: points.map(([x, y]) => ((x - startX) * -dy + (y - startY) * dx) / length),
  };
}
