"""The loss L(N, D) = E + A / N^alpha + B / D^beta with published constants.

N is the number of parameters, D the number of training tokens, and training takes C = 6 N D FLOPs.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Fit:
    e: float
    a: float
    b: float
    alpha: float
    beta: float

    def loss(self, n: float, d: float) -> float:
        return float(self.e + self.a / n**self.alpha + self.b / d**self.beta)

    def optimal_n(self, c: float) -> float:
        """The number of parameters with the lowest loss for `c` FLOPs."""
        total = self.alpha + self.beta
        g = (self.alpha * self.a / (self.beta * self.b)) ** (1 / total)
        return float(g * (c / 6) ** (self.beta / total))

    def tokens_for(self, loss: float, n: float) -> float:
        """The training tokens that bring `n` parameters to `loss`."""
        return float((self.b / (loss - self.e - self.a / n**self.alpha)) ** (1 / self.beta))


# Hoffmann et al. 2022, arXiv:2203.15556, approach 3, as rounded in the paper.
HOFFMANN = Fit(e=1.69, a=406.4, b=410.7, alpha=0.34, beta=0.28)
# Besiroglu et al. 2024, arXiv:2404.10102, fitted again to the points of Hoffmann's figure.
BESIROGLU = Fit(e=1.8172, a=482.01, b=2085.43, alpha=0.3478, beta=0.3658)
