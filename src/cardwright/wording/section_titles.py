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
    |tech stack|technology stack|technologies|technologies used|stack|hardware|required hardware
    |hardware requirements|software requirements|system requirements|dependencies|folder structure
    |file structure|repository structure|available scripts|scripts|local development|environment
    |development setup|project setup|environment setup|setting up|what s inside|what s included
    |what s next|what s new|how it works|how does it work|how does this work|what it does
    |what does it do|who is this for|who is it for|why|why this
    |erste schritte|voraussetzungen|verwendung|beispiele|aufgaben|aufgabe|tipps|ziele|lernziele
    |erfolgskriterien|weiterführende links|prérequis|utilisation|exemples|objectifs|exercices
    |instalación|requisitos|uso|ejemplos|objetivos|ejercicios|tareas|instalação|exemplos|exercícios
    |установка|требования|использование|примеры|задания|цели
    |hinzugefügt|geändert|behoben|entfernt|ajouté|modifié|corrigé|supprimé|añadido|agregado
    |cambiado|corregido|eliminado|adicionado|alterado|corrigido|removido|добавлено|изменено
    |исправлено|удалено|новое|улучшено|新增|新增功能|变更|修复|修復|优化|移除|改进|追加|変更|修正|削除
    |新增 added|变更 changed|修复 fixed|移除 removed
    |安装|快速开始|使用|使用方法|用法|示例|配置|要求|特性|功能|目标|练习|作业|计划|更新日志|インストール|使い方
    |技术栈|项目结构|目录结构|项目介绍|项目简介|环境要求|安装步骤|安装说明|部署|运行|启动|功能特性|主要功能|贡献指南
    |技術スタック|使用技術|環境構築|セットアップ|開発環境|ディレクトリ構成|機能|機能一覧|実行方法|使用方法
    |インストール方法|前提条件
    |설치|사용법|기술 스택|개발 환경|개발 환경 설정|설치 방법|실행 방법|사용 방법|프로젝트 구조
    |프로젝트 소개|주요 기능|기능|api 엔드포인트|배포
    |tecnologías|tecnologías utilizadas|estructura del proyecto|requisitos previos|características
    |configuración|despliegue|tecnologias|tecnologias utilizadas|estrutura do projeto|pré requisitos
    |funcionalidades|configuração|como usar|como executar|como rodar|technologies utilisées
    |structure du projet|fonctionnalités|démarrage|funktionen|projektstruktur|konfiguration
    |technologien|einrichtung|nutzung|технологии|стек|стек технологий|структура проекта|запуск
    |настройка|возможности|функционал|сборка|api endpoints|endpoints
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
_PAGE = (
    r"(?:project|repo|repository|app|application|tool|code|package|library|plugin|template|thing"
    r"|program)"
)
_WHAT_IS_THIS = re.compile(
    rf"(?:what (?:is|s)|about|why) (?:this(?: {_PAGE})?|the {_PAGE})(?: about)?"
)
_HOW_TO = re.compile(
    r"(?:why (?:should|would) i|why|how (?:do i|to)) (?:use|run|build|install|start|set up|deploy"
    rf"|develop|test) (?:it|(?:this|the)(?: {_PAGE})?)"
)
_VERSION = re.compile(r"\W*v?\d+(?:\.\d+)+\b|\W*\d{4}-\d{2}-\d{2}\b|\W*\{\{")
_ENDPOINT = re.compile(
    r"[\W\d]*(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS)[\s`*:]{1,5}(?:https?:/|\{\w+\})?/"
)
"""What the sections of a web service's manual are called: ``GET /users``."""
_LETTER = re.compile(r"\W*[A-Z\u0410-\u042f](?:\s*[-–—]\s*[A-Z\u0410-\u042f])?\W*")
"""What the sections of an index or a glossary are called."""


def names_a_section(text: str) -> bool:
    """Whether a heading is one of a manual, a changelog or a worksheet: a version, a date too."""
    if is_never_a_question(text) or _LETTER.fullmatch(text):
        return True
    if _VERSION.match(text) or _ENDPOINT.match(text):
        return True
    words = bare_words(text)
    if words in _TITLES:
        return True
    return bool(_WHAT_IS_THIS.fullmatch(words) or _HOW_TO.fullmatch(words))


def asks_about_the_page(text: str) -> bool:
    """Whether a heading asks what the document is for: "What is this?", "How to run it".

    With a question mark it can be one of a list of questions, unless it names nothing at all.
    """
    is_section = _QUESTION_MARK.search(text) is None and names_a_section(text)
    return is_section or _WHAT_IS_THIS.fullmatch(bare_words(text)) is not None


_QUESTION_MARK = re.compile("[?\uff1f]")


_RECORD = re.compile(
    r"(?i)\W*(?:(?:change ?log|changes|release notes|to ?do(?: list)?|road ?map|contributing"
    r"|contribution guide(?:lines)?|code of conduct|security policy|progress(?: log| report)?"
    r"|pull request(?: template)?|meeting notes|api(?: reference| contract| documentation| docs)?"
    r"|readme|änderungsprotokoll|journal des modifications|registro de cambios"
    r"|histórico de (?:alterações|mudanças)|(?:журнал|история) изменений)\W*"
    r"|(?:contributing|how to contribute) to \S.{0,60}"
    r"|(?:更新|变更|變更|修改)(?:日志|日誌|记录|記錄)\W*.{0,20}"
    r"|変更履歴\W*|(?:why|how|what|when) i\b[^?\uff1f]*)"
)


def names_a_record(title: str) -> bool:
    """Whether a document's title says that nobody learns it: Changelog, TODO, "Why I left"."""
    return len(title) < _LONGEST_TITLE and _RECORD.fullmatch(title) is not None


_LONGEST_TITLE = 100


def names_a_part(text: str) -> bool:
    """Whether a heading is what a part of one answer is called: Definition, Example, Proof."""
    return bare_words(text) in _PARTS
