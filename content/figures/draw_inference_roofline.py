"""Draws how fast decoding can go at each batch size, by the roofline of one accelerator.

With weights of two bytes a decode step does two FLOPs for each weight and sequence, so the
arithmetic intensity of the weight matrices is the batch size. The caches are left out.
"""

from plot import DOTTED, axes, label, new_figure, save_plot
from style import BLUE, INK, MUTED, ORANGE, Scale

COMPUTE = 989e12  # FLOP/s, dense bf16, data sheet of the H100 SXM
BANDWIDTH = 3.35e12  # bytes/s
BALANCE = COMPUTE / BANDWIDTH


def attainable(batch: float) -> float:
    return min(COMPUTE, batch * BANDWIDTH) / 1e12


figure = new_figure(520)
plot = axes(
    figure,
    (100, 80, 680, 430),
    x_ticks=[(1, "1"), (10, "10"), (100, "100"), (1000, "1,000")],
    y_ticks=[(1, "1"), (10, "10"), (100, "100"), (1000, "1,000")],
    x_label="sequences in the batch (log scale)",
    y_label="attainable TFLOP/s (log scale)",
    log_x=True,
    log_y=True,
)
plot.set_xlim(1, 4000)
plot.set_ylim(1, 3000)
slope = Scale(1, BALANCE, 0, 1, log=True).samples(31)
plot.plot(slope, [attainable(b) for b in slope], color=BLUE)
plot.plot([BALANCE, 4000], [attainable(BALANCE), attainable(4000)], color=ORANGE)
plot.plot([BALANCE, BALANCE], [1, attainable(BALANCE)], color=MUTED, linestyle=DOTTED, linewidth=3)
plot.plot([BALANCE], [attainable(BALANCE)], "o", color=INK)
label(plot, 1, 650, "limited by bandwidth", colour=BLUE, offset=(14, 0), bold=True)
label(plot, 4000, 1750, "limited by compute", colour=ORANGE, anchor="right", bold=True)
label(plot, BALANCE, 2.2, f"{BALANCE:.0f}", colour=MUTED, anchor="right", offset=(-12, 0))
save_plot(__file__, "Roofline of decoding with 16-bit weights on one H100", figure)
