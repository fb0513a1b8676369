"""How good a geoparser's answers are, by the measures of the literature.

A gold corpus holds documents in which people marked the names of places and said where they lie. A
`Scorer` takes them one by one, with what a geoparser answered, and keeps figures but no texts, so that the
size of a corpus does not matter.

Recognition
    Of the names that were marked, how many were found, and of what was found, how much was marked:
    precision P = correct / found, recall R = correct / marked, F1 = 2 P R / (P + R) [1]_.
    *Strict*: the same first and last character. *Lenient*: at least one character in common. Either way
    one answer pays for one name: equal spans are paired first, then the longest overlap, then the
    leftmost.
Resolution
    Over the marked names that have coordinates. One is *answered* if an answer was paired with it and the
    answer has a place. Its *error* is the great-circle distance between the two points in kilometres.
    *Accuracy within 161 km* (100 miles; A@161 in [2]_) is the share of names with an error of at most 161
    km: once of all, where an unanswered name is wrong, and once of the answered ones alone.
    *Mean* and *median* error are those of the answered names.
    *AUC* is the area under the curve of the answered names' ln(1 + error) / ln(1 + 20,038), sorted and drawn
    at equal steps over 0 to 1, by the trapezoid rule [2]_ [3]_. 20,038 km is half of the Equator, the largest
    error there is. 0 is the best, 1 the worst. A second AUC takes the largest error for an unanswered name.
Identity before distance
    Countries have no point that sources agree upon: capital, centroid and label lie hundreds of kilometres
    apart, and a distance would judge the convention. An answer with the gold's own GeoNames id has an
    error of 0, and so has any answer that is a country where the gold is the same country. What distance
    alone would give is told beside it; figures that others published are mostly that.
End to end
    A name with coordinates is right if its answer, paired leniently, is at most 161 km away. Recall is over
    the names with coordinates, precision over all that was found. Corpora are often geocoded in part; a
    second row leaves out of precision what no geoparser could get right there (answers to names without
    coordinates) and answers without a place.
Calibration
    A score is calibrated if of the answers that bear 0.9 nine in ten are right. Answers are put into
    classes by their score, and in each the mean score is set against the share that is right; the *expected
    calibration error* is the mean of their differences, weighted by the number of answers [4]_.

References
----------
.. [1] N. Chinchor, "MUC-4 evaluation metrics", 1992.
.. [2] M. Gritta, M. T. Pilehvar, N. Limsopatham, N. Collier, "What's missing in geographical parsing?",
   Language Resources and Evaluation 52, 2018.
.. [3] M. Gritta, M. T. Pilehvar, N. Collier, "A pragmatic guide to geoparsing evaluation", Language Resources
   and Evaluation 54, 2020.
.. [4] M. P. Naeini, G. F. Cooper, M. Hauskrecht, "Obtaining well calibrated probabilities using Bayesian
   binning", AAAI 2015.
"""

from geodata.scoring.calibration import Calibration, CalibrationBin, Threshold
from geodata.scoring.figures import KindFigures, PrecisionRecall, ResolutionFigures
from geodata.scoring.predictions import PredictionFile
from geodata.scoring.reading import read_gold, read_predicted
from geodata.scoring.scorer import Score, Scorer
from geodata.scoring.toponyms import GoldDocument, GoldToponym, PredictedDocument, Prediction

__all__ = [
    "Calibration",
    "CalibrationBin",
    "GoldDocument",
    "GoldToponym",
    "KindFigures",
    "PrecisionRecall",
    "PredictedDocument",
    "Prediction",
    "PredictionFile",
    "ResolutionFigures",
    "Score",
    "Scorer",
    "Threshold",
    "read_gold",
    "read_predicted",
]
