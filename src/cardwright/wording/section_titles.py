"""Titles of sections and parts, which are no terms to learn themselves."""

from __future__ import annotations

import re

from cardwright.wording import bare_words, is_never_a_question

_TITLES = frozenset(
    """
    getting started|get started|quick start|quickstart|start|installation|install|installing
    |prerequisites|requirements|setup|set up|configuration|config|settings|usage|how to use
    |basic usage|advanced usage|examples|example|options|features|feature|highlights|roadmap
    |about the project|built with|project structure|structure|directory structure|architecture
    |overview|description|purpose|goals|goal|objectives|objective|motivation|background|scope
    |development|developing|build|building|deployment|deploy|deploying|running|run|running tests
    |testing|tests|test|debugging|troubleshooting|known issues|limitations|security|performance
    |docs|documentation|api|api reference|commands|parameters|query parameters|arguments|response
    |request|environment variables|screenshots|demo|status|current status|releases|release notes
    |unreleased|added|changed|fixed|removed|deprecated|bug fixes|breaking changes|notes|note|misc
    |log|agenda|attendees|action items|actions|decisions|next steps|todo|to do|tasks|task|mission
    |exercises|practical exercises|homework|success criteria|acceptance criteria|checklist|tips
    |learning objectives|learning outcomes|prework|materials|schedule|scratchpad|wind up|wind down
    |user story|workflow|steps|procedure|results|discussion|method|methods|conclusion|abstract
    |erste schritte|voraussetzungen|verwendung|beispiele|aufgaben|aufgabe|tipps|ziele|lernziele
    |erfolgskriterien|weiterführende links|prérequis|utilisation|exemples|objectifs|exercices
    |instalación|requisitos|uso|ejemplos|objetivos|ejercicios|tareas|instalação|exemplos|exercícios
    |установка|требования|использование|примеры|задания|цели
    |安装|快速开始|使用|使用方法|用法|示例|配置|要求|特性|功能|目标|练习|作业|计划|更新日志|インストール|使い方
    |설치|사용법
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_PARTS = frozenset(
    """
    definition|definitions|meaning|example|examples|counterexample|explanation|properties
    |property|intuition|proof|formula|formulas|formal definition|in short|tl dr|tldr|answer
    |short answer|long answer|details|in detail|deep dive|advantages|disadvantages|pros|cons
    |pros and cons|advantages and disadvantages|use cases|when to use|why|how|how it works|cause
    |causes|reason|reasons|symptoms|solution|solutions|fix|workaround|complexity|code|sample code
    |implementation|remarks|caveats|pitfalls|common mistakes|follow up|follow up questions
    |definición|ejemplo|ejemplos|explicación|propiedades|ventajas|desventajas|definição|exemplo
    |exemplos|explicação|vantagens|desvantagens|définition|exemple|exemples|explication
    |propriétés|avantages|inconvénients|beispiel|beispiele|erklärung|eigenschaften|vorteile
    |nachteile|beweis|определение|пример|примеры|объяснение|свойства|причина|причины|решение
    |исправление|преимущества|недостатки|краткий ответ|подробный разбор|定义|定義|例子|示例|解释
    |原理|优点|缺点|优缺点|性质|性質|证明|证明过程|答案|解法|解析|思路|代码|定義と例|例|説明|解説
    |정의|예시|예제|설명|장점|단점|특징
    """.replace("\n", "")
    .replace("    ", "")
    .split("|")
)
_VERSION = re.compile(r"\W*v?\d+(?:\.\d+)+\b|\W*\d{4}-\d{2}-\d{2}\b|\W*\{\{")

_LETTER = re.compile(r"\W*[A-Z\u0410-\u042f](?:\s*[-–—]\s*[A-Z\u0410-\u042f])?\W*")
"""What the sections of an index or a glossary are called."""


def names_a_section(text: str) -> bool:
    """Whether a heading is one of a manual, a changelog or a worksheet: a version, a date too."""
    if is_never_a_question(text) or _VERSION.match(text) or _LETTER.fullmatch(text):
        return True
    return bare_words(text) in _TITLES


def names_a_part(text: str) -> bool:
    """Whether a heading is what a part of one answer is called: Definition, Example, Proof."""
    return bare_words(text) in _PARTS
