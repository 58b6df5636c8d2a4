"""Lengths on the ellipsoid, lengths along lines, simplifying lines. Points are (lon, lat) in degrees."""

from math import atan, atan2, cos, hypot, radians, sin, tan

EQUATOR_M, FLATTENING = 6378137.0, 1 / 298.257223563  # WGS 84
POLAR_M = EQUATOR_M * (1 - FLATTENING)


def geodesic_km(a, b):
    """Vincenty's inverse formula (Survey Review 23, 1975); millimetre accuracy for these distances."""
    if a == b:
        return 0.0
    difference = radians(b[0] - a[0])
    u1 = atan((1 - FLATTENING) * tan(radians(a[1])))
    u2 = atan((1 - FLATTENING) * tan(radians(b[1])))
    lam = difference
    for _ in range(200):
        sin_sigma = hypot(cos(u2) * sin(lam), cos(u1) * sin(u2) - sin(u1) * cos(u2) * cos(lam))
        if sin_sigma == 0:
            return 0.0
        cos_sigma = sin(u1) * sin(u2) + cos(u1) * cos(u2) * cos(lam)
        sigma = atan2(sin_sigma, cos_sigma)
        sin_alpha = cos(u1) * cos(u2) * sin(lam) / sin_sigma
        cos2_alpha = 1 - sin_alpha ** 2
        mid = cos_sigma - 2 * sin(u1) * sin(u2) / cos2_alpha if cos2_alpha else 0.0
        c = FLATTENING / 16 * cos2_alpha * (4 + FLATTENING * (4 - 3 * cos2_alpha))
        before = lam
        lam = difference + (1 - c) * FLATTENING * sin_alpha * (
            sigma + c * sin_sigma * (mid + c * cos_sigma * (2 * mid ** 2 - 1)))
        if abs(lam - before) < 1e-12:
            break
    u_sq = cos2_alpha * (EQUATOR_M ** 2 - POLAR_M ** 2) / POLAR_M ** 2
    big_a = 1 + u_sq / 16384 * (4096 + u_sq * (-768 + u_sq * (320 - 175 * u_sq)))
    big_b = u_sq / 1024 * (256 + u_sq * (-128 + u_sq * (74 - 47 * u_sq)))
    delta = big_b * sin_sigma * (mid + big_b / 4 * (
        cos_sigma * (2 * mid ** 2 - 1)
        - big_b / 6 * mid * (4 * sin_sigma ** 2 - 3) * (4 * mid ** 2 - 3)))
    return POLAR_M * big_a * (sigma - delta) / 1000


def line_km(points):
    return sum(geodesic_km(p, q) for p, q in zip(points, points[1:]))


def flat_km(a, b):
    """Plane approximation, good to 0.5 % over tens of kilometres: for searching, never for a length."""
    return hypot((b[0] - a[0]) * cos(radians((a[1] + b[1]) / 2)), b[1] - a[1]) * 111.2


def project(point, a, b):
    """The nearest point of the chord a-b: (share of the way from a to b, distance in km)."""
    scale = cos(radians(point[1]))
    ax, ay = (a[0] - point[0]) * scale, a[1] - point[1]
    bx, by = (b[0] - point[0]) * scale, b[1] - point[1]
    dx, dy = bx - ax, by - ay
    square = dx * dx + dy * dy
    share = 0.0 if square == 0 else max(0.0, min(1.0, -(ax * dx + ay * dy) / square))
    return share, hypot(ax + share * dx, ay + share * dy) * 111.2


def simplify(points, tolerance_km):
    """Douglas and Peucker's line simplification (1973): no vertex moves, none farther off than the tolerance."""
    keep = [False] * len(points)
    keep[0] = keep[-1] = True
    stack = [(0, len(points) - 1)]
    while stack:
        first, last = stack.pop()
        worst, where = tolerance_km, None
        for i in range(first + 1, last):
            distance = project(points[i], points[first], points[last])[1]
            if distance > worst:
                worst, where = distance, i
        if where is not None:
            keep[where] = True
            stack += [(first, where), (where, last)]
    return [p for p, kept in zip(points, keep) if kept]


def interpolate(points, step_km):
    """The points of a line and, between them, more points no farther apart than step_km."""
    out = [points[0]]
    for p, q in zip(points, points[1:]):
        pieces = max(1, int(flat_km(p, q) / step_km) + 1)
        out += [(p[0] + (q[0] - p[0]) * k / pieces, p[1] + (q[1] - p[1]) * k / pieces)
                for k in range(1, pieces + 1)]
    return out


__all__ = ["flat_km", "geodesic_km", "interpolate", "line_km", "project", "simplify"]
