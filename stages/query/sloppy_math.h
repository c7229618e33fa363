#pragma once

namespace sluice::stages::sloppy_math {

constexpr double kMeanEarthRadius = 6'371'008.7714;  // metres

/// cos and asin by tables, as Lucene's SloppyMath has them to the last digit, and the haversine distance of two places
/// in metres that it makes of them. Degrees. Any thread.
double haversin_metres(double lat1, double lon1, double lat2, double lon2);

}  // namespace sluice::stages::sloppy_math
