"""The worked numbers of the topic Distributed training, computed again."""

from __future__ import annotations

import re

from content.tests.cards import CONTENT, agrees, card, numbers, rows, stated


def script(name: str) -> str:
    return (CONTENT / "figures" / f"draw_{name}.py").read_text(encoding="utf-8")


def test_bytes_per_parameter() -> None:
    key = "training-memory-worked-example"
    (billions,) = numbers(key, r"model of (\d+) billion parameters")
    sizes = [int(size) for _, size in rows(key, r"([^|]+) \| (\d+)")]
    assert len(sizes) == 5
    total, each = numbers(key, r"About (\d+) GB: (\d+) bytes for each parameter")
    assert each == sum(sizes)
    assert total == each * billions
    assert numbers(key, r"\$(\d+) \\cdot (\d+) \\cdot 10\^\{9\} = (\d+)\$ GB") == [
        each,
        billions,
        total,
    ]
    (device,) = numbers(key, r"one accelerator of (\d+) GB")
    assert device < total
    assert numbers(key, r"inference (\d) bytes would do: (\d+) GB") == [sizes[0], 2 * billions]
    more, less = numbers(key, r"in float32 add (\d) bytes, moments in 8 bits save (\d)\.")
    assert more == 4 - sizes[1]
    assert less == 2 * (4 - 1)


def test_stages_of_zero() -> None:
    key = "zero-stages"
    billions, devices, *bars = stated(
        key,
        r"for ([\d.]+) billion parameters on (\d+) devices: (\d+) GB without sharding,"
        r" ([\d.]+) GB in stage 1, ([\d.]+) GB in stage 2 and ([\d.]+) GB in stage 3",
    )
    drawn = script("zero_memory")
    assert f"PARAMETERS = {billions}e9\n" in drawn
    assert f"DEVICES = {devices}\n" in drawn
    assert f"{billions}B parameters, {devices} devices" in drawn
    psi, n = float(billions), int(devices)
    whole = re.findall(r"^\| \d[^|]* \| \$(\d+)\\,\\Psi( / N)?\$ \|", card(key), re.M)
    assert whole == [("16", ""), ("16", " / N")]
    mixed = re.findall(r"^\| \d \| \$(\d+)\\,\\Psi \+ (\d+)\\,\\Psi / N\$ \|", card(key), re.M)
    formulas = [
        16 * psi,
        *(int(kept) * psi + int(split) * psi / n for kept, split in mixed),
        16 * psi / n,
    ]
    assert [int(kept) + int(split) for kept, split in mixed] == [16, 16]
    for value, bar in zip(formulas, bars, strict=True):
        assert agrees(value, bar)
    traffic = re.findall(r"\$(\d)\\,\\Psi\$ \|$", card(key), re.M)
    assert traffic == ["2", "2", "2", "3"]  # half as much again


def test_memory_of_activations() -> None:
    key = "activation-memory"
    linear, matrices = numbers(key, r"\$s\\,b\\,h\\,\((\d+) \+ (\d)\\,a\\,s/h\)\$")
    s, b, h, a, layers = numbers(
        key, r"\$s = (\d+)\$, \$b = (\d)\$, \$h = (\d+)\$, \$a = (\d+)\$ and (\d+) layers"
    )
    (first,), (second,), (inputs,) = rows(key, r"[^|]+ \| ([\d.]+) GB")
    assert agrees(layers * s * b * h * linear / 1e9, first)
    assert agrees(layers * s * b * h * matrices * a * s / h / 1e9, second)
    assert agrees(layers * 2 * s * b * h / 1e9, inputs)


def test_compute_of_checkpointing() -> None:
    key = "activation-checkpointing"
    forward, backward = numbers(key, r"forward pass of \$(\d)ND\$ and a backward pass of \$(\d)ND")
    before, after = numbers(key, r"raises \$(\d)ND\$ to \$(\d)ND\$, a third more")
    assert before == forward + backward
    assert after == 2 * forward + backward
    assert (after - before) * 3 == before


def test_batch_and_traffic_of_data_parallelism() -> None:
    key = "data-parallelism"
    b, a, n, s, millions = stated(
        key, r"\$(\d) \\cdot (\d) \\cdot (\d+) \\cdot (\d+) = ([\d.]+)\$ million tokens"
    )
    assert agrees(int(b) * int(a) * int(n) * int(s) / 1e6, millions)
    billions, bits, traffic = numbers(key, r"for (\d+) billion parameters in (\d+) bits, (\d+) GB")
    assert traffic == 2 * billions * bits / 8
    assert 2 * (int(n) - 1) / int(n) > 1.95  # "about twice"


def test_idle_share_of_a_pipeline() -> None:
    key = "pipeline-bubble"
    low, high, percent, p, m, low2, high2, percent2, p2, m2 = stated(
        key,
        r"\$(\d)/(\d) = (\d+)\\,\\%\$ for (\d) and (\d), but \$(\d)/(\d+) = (\d)\\,\\%\$ for (\d)"
        r" stages and (\d+) micro-batches",
    )
    for top, under, share, stages, batches in (
        (low, high, percent, p, m),
        (low2, high2, percent2, p2, m2),
    ):
        assert int(top) == int(stages) - 1
        assert int(under) == int(batches) + int(stages) - 1
        assert agrees(100 * int(top) / int(under), share)
    idle, units = numbers(key, r"each device is idle for (\d+) of (\d+) units")
    assert units == 3 * (int(m) + int(p) - 1)
    assert idle == units - 3 * int(m)
    drawn = script("pipeline_schedule")
    assert f"STAGES = {p}\nBATCHES = {m}\n" in drawn


def test_devices_of_llama_3() -> None:
    key = "parallelism-placement"
    tensor, pipeline, data, gpus = numbers(
        key, r"(\d+) \(tensor\) · (\d+) \(pipeline\) · (\d+) \(data\) = ([\d,]+) GPUs"
    )
    assert tensor * pipeline * data == gpus


def test_utilisation() -> None:
    key = "mfu-worked-example"
    billions, gpus, peak, rate = numbers(
        key, r"An (\d)B model trains on (\d+) GPUs of (\d+) TFLOP/s peak at ([\d,]+) tokens"
    )
    n, r, g, p, needed, available = stated(
        key,
        r"\{6 \\cdot (\d) \\cdot 10\^\{9\} \\cdot (\d) \\cdot 10\^\{5\}\}"
        r"\{(\d+) \\cdot ([\d.]+) \\cdot 10\^\{14\}\}"
        r" \\\\\n&= \\frac\{([\d.]+) \\cdot 10\^\{16\}\}\{([\d.]+) \\cdot 10\^\{16\}\}",
    )
    assert [float(n), float(r) * 1e5, float(g), float(p) * 100] == [billions, rate, gpus, peak]
    compute = 6 * billions * 1e9 * rate
    hardware = gpus * peak * 1e12
    assert agrees(compute / 1e16, needed)
    assert agrees(hardware / 1e16, available)
    assert agrees(100 * compute / hardware, *stated(key, r"About (\d+) %:"))
    seconds, days = stated(key, r"\$(\d) \\cdot 10\^\{6\}\$ seconds, (\d+) days")
    assert agrees(1e12 / rate / 1e6, seconds)
    assert agrees(1e12 / rate / 86_400, days)
