"""The words of each language, by what they name. To add a language, add a block.

A block reads ``concept: word, word; concept: …`` with the names of ``words.Concept``. Its words
are plain, in lower case, with singular and plural. A test says which concepts a block needs.
"""

from __future__ import annotations

LANGUAGES = {
    "en": """
        question: question, questions, ques, que, quest, qn, interview question, practice question,
        exam question, test question, sample question, review question, bonus question, mcq;
        asking letter: q; answering letter: a; answer: answer, answers, ans; solution: solution,
        solutions, sol, answer sketch; hint: hint, hints, tip, tips, clue, clues, nudge;
        explanation: explanation, explanations, rationale, reasoning, reason; exercise: exercise,
        exercises; task: problem, problems, task, tasks, puzzle, puzzles, challenge, challenges,
        statement, problem statement, prompt; example: example, examples, worked example,
        worked examples, solved example, solved examples; proof: proof; theorem: theorem, lemma,
        proposition, corollary; front: front, front side; back: back, back side; term: term, terms,
        word, words, concept, concepts, vocabulary, acronym, abbreviation, phrase, idiom,
        expression, key term, key terms; definition: definition, definitions, meaning, meanings,
        translation, full form, expansion, stands for; options: option, options, choice, choices;
        true: true; false: false; right: correct, right; wrong: wrong, incorrect; model: sample,
        model, suggested, expected, ideal, best, possible, short, long, full, detailed;
        key: answer key, answer keys, answers key, answer sheet, key; card: card, cards, flashcard,
        flashcards, flash card, flash cards; quiz: quiz, test, exam, practice; show: show, reveal,
        click, toggle, expand, open, view, see, tap, press, hide, unfold, collapse, check; small: a,
        an, the, to, of, for, here, this, your, my, our, it, and, or, in, me, if, you;
        contents: table of contents, contents, content, toc, index, on this page; tags: tags, tag;
        notes: note, notes, comment, comments, remark, remarks, mnemonic, pronunciation, reading;
        details: details, detail, more; number: number, no, nr, n; next: next; previous: previous,
        prev; home: home, index, contents, table of contents, toc, readme, menu, up; division: part,
        section, chapter, lesson, unit, module, page, question, topic, day, week, file, article;
        top: back to top, back to the top, back up to top, return to top, go to top, jump to top,
        scroll to top, back to toc, back to contents, back to table of contents, back to index,
        back to list, back to questions, back to menu, return to contents, go to contents,
        return to table of contents, go to table of contents, back to the table of contents,
        back to the list, back to the questions, back to the menu; to do: todo, to do, tbd, tba,
        tbc, wip, fixme, answer here, your answer, your answer here, write answer here,
        add answer here, to be completed, to be done, to be added, to be continued, to be updated,
        to be filled, coming soon, work in progress, in progress, pending, no answer yet, no answer,
        not answered yet, unanswered, answer coming soon, answer pending, answer to be added,
        placeholder, fill me in, needs answer, n a, na, xxx, lorem ipsum, preparing, todo answer,
        answer todo; link: answer, read, more, here, learn, from, this, link, see, the, click,
        source, sources, reference, references, watch, video, article, blog, post, check, out,
        solution, for, details, detailed, explanation, ref, refer, useful, resource, resources,
        further, reading, to, on, in, a, and, also, it, is, at, please, visit, credit, credits, via,
        docs, documentation; level: easy, medium, hard, difficult, basic, advanced, beginner,
        intermediate, expert; and: and, with; or: or; of: of; is: is, are; language: english,
        german, french, spanish, portuguese, italian, russian, ukrainian, polish, czech, dutch,
        swedish, danish, norwegian, finnish, greek, latin, turkish, arabic, hebrew, persian, hindi,
        bengali, japanese, korean, chinese, mandarin chinese, mandarin, vietnamese, thai,
        indonesian, romanian, hungarian, catalan; asks: what, whats, how, why, when, where, which,
        who, whose, whom, is, are, was, were, am, can, could, do, does, did, should, shall, will,
        would, have, has, may, might, must, if you, in what, in which, to what, explain, describe,
        define, compare, contrast, discuss, list, name, give, state, differentiate, distinguish,
        difference between, differences between, tell me, write, implement, mention, derive, prove,
        show, suppose, consider, calculate, compute, find, walk me, talk about, outline, summarise,
        summarize, identify, design; faq: faq, faqs, q a, qa, q and a, frequently asked questions,
        questions and answers; section: summary, conclusion, conclusions, introduction, intro,
        preface, foreword, about, about me, about the author, about this repo, related links,
        related, related posts, related articles, related topics, related concepts,
        related resources, next steps, links, useful links, references, reference, bibliography,
        citations, sources, source, resources, useful resources, other resources,
        additional resources, learning resources, further reading, read more, recommended reading,
        see also, other answers, contributing, contribution, contributions, how to contribute,
        contributors, authors, author, maintainers, license, licence, licensing, credits,
        acknowledgements, acknowledgments, acknowledgement, thanks, footer, disclaimer, support,
        support me, sponsors, sponsor, backers, donate, back to top, changelog, feedback, contact,
        contact me, connect with me, star history, stargazers, show your support, questions,
        question, interview questions, answers, notes, navigation, home, key takeaways, takeaways;
        manual: getting started, get started, quick start, quickstart, start, installation, install,
        installing, prerequisites, requirements, setup, set up, configuration, config, settings,
        usage, how to use, basic usage, advanced usage, examples, example, options, features,
        feature, highlights, roadmap, about the project, built with, project structure, structure,
        directory structure, architecture, overview, description, purpose, goals, goal, objectives,
        objective, motivation, background, scope, development, developing, build, building,
        deployment, deploy, deploying, running, run, running tests, testing, tests, test, debugging,
        troubleshooting, known issues, limitations, security, performance, docs, documentation, api,
        api reference, commands, parameters, query parameters, arguments, response, request,
        environment variables, screenshots, demo, status, current status, releases, release notes,
        unreleased, added, changed, fixed, removed, deprecated, bug fixes, breaking changes, notes,
        note, misc, log, agenda, attendees, action items, actions, decisions, todo, to do, tasks,
        task, mission, exercises, practical exercises, homework, success criteria,
        acceptance criteria, checklist, tips, learning objectives, learning outcomes, prework,
        materials, schedule, scratchpad, wind up, wind down, user story, workflow, steps, procedure,
        results, discussion, method, methods, abstract, tech stack, technology stack, technologies,
        technologies used, stack, hardware, required hardware, hardware requirements,
        software requirements, system requirements, dependencies, folder structure, file structure,
        repository structure, available scripts, scripts, local development, environment,
        development setup, project setup, environment setup, setting up, what s inside,
        what s included, what s next, what s new, how it works, how does it work,
        how does this work, what it does, what does it do, who is this for, who is it for, why,
        why this, api endpoints, endpoints; part: definition, definitions, meaning, example,
        examples, counterexample, explanation, properties, property, intuition, proof, formula,
        formulas, formal definition, in short, tl dr, tldr, answer, short answer, long answer,
        details, in detail, deep dive, advantages, disadvantages, pros, cons, pros and cons,
        advantages and disadvantages, use cases, when to use, why, how, how it works, cause, causes,
        reason, reasons, symptoms, solution, solutions, fix, workaround, complexity, code,
        sample code, implementation, remarks, caveats, pitfalls, common mistakes, follow up,
        follow up questions
    """,
    "de": """
        question: frage, fragen; asking letter: f; answer: antwort, antworten; solution: lösung,
        lösungen, musterlösung, musterlösungen; hint: hinweis, hinweise, tipp, tipps;
        explanation: erklärung, erläuterung, begründung; exercise: aufgabe, aufgaben, übung,
        übungen, übungsaufgabe, übungsaufgaben; example: beispiel, beispiele; proof: beweis;
        theorem: satz, korollar; front: vorderseite; back: rückseite; term: begriff, begriffe, wort,
        wörter, fachbegriff, vokabel; definition: definition, bedeutung, übersetzung;
        options: option, optionen, auswahl; true: wahr, richtig; false: falsch; right: richtig,
        richtige, richtigen, korrekt, korrekte; wrong: falsch, falsche; model: meine, kurze, kurz,
        ausführliche; key: lösungsschlüssel, antwortschlüssel; card: karte, karten, karteikarte,
        karteikarten; show: anzeigen, zeigen, klicken, aufklappen, einblenden, ausklappen;
        small: der, die, das, zur, zum, hier, für, den, um, zu, ein, eine;
        contents: inhaltsverzeichnis, inhalt; tags: tags, schlagwörter, schlagworte, stichwörter;
        notes: notiz, notizen, anmerkung, anmerkungen; details: mehr, details; number: nummer, nr;
        next: weiter, nächste; previous: zurück, vorherige; home: startseite; division: teil,
        abschnitt, kapitel, lektion; top: nach oben; to do: ausstehend, noch offen; link: mehr,
        lesen, siehe; level: leicht, mittel, schwer; and: und; or: oder; of: von; is: ist, sind;
        language: deutsch, englisch, französisch, spanisch, italienisch, portugiesisch, russisch,
        japanisch, latein; asks: was, wie, warum, wann, wo, welche, welcher, welches, welchen,
        welchem, wer, weshalb, wozu, wieviel, wieviele, erkläre, nenne, beschreibe, definiere,
        nennen sie, erklären sie, erläutern sie, beschreiben sie, definieren sie, begründen sie,
        berechnen sie, vergleichen sie; faq: häufige fragen, häufig gestellte fragen;
        section: zusammenfassung, quellen, literatur, einleitung, fazit; manual: erste schritte,
        voraussetzungen, verwendung, beispiele, aufgaben, aufgabe, tipps, ziele, lernziele,
        erfolgskriterien, weiterführende links, hinzugefügt, geändert, behoben, entfernt,
        funktionen, projektstruktur, konfiguration, technologien, einrichtung, nutzung;
        part: beispiel, beispiele, erklärung, eigenschaften, vorteile, nachteile, beweis
    """,
    "fr": """
        question: question, questions; answering letter: r; answer: réponse, réponses;
        solution: solution, solutions, corrigé, corrigés, correction, corrections; hint: indice,
        indices, indication, astuce; explanation: explication, explications; exercise: exercice,
        exercices; task: problème, problèmes, énoncé; example: exemple, exemples; proof: preuve,
        démonstration; theorem: théorème, corollaire; front: recto; back: verso; term: terme,
        termes, mot, mots, notion; definition: définition, signification, sens, traduction;
        options: choix, options; true: vrai; false: faux; right: correct, correcte, correctes,
        bonne, la bonne, juste; wrong: incorrect, incorrecte, mauvaise; model: ma, brève, brèves;
        key: corrigé, grille de réponses; card: carte, cartes, fiche; show: afficher, voir, cacher,
        montrer, cliquez, cliquer; small: le, la, les, l, un, une, pour, ici, de, du, des, à, au;
        contents: sommaire, table des matières; tags: étiquettes, mots clés; notes: note, notes,
        remarque, remarques, commentaire; details: plus, détails; number: numéro; next: suivant;
        previous: précédent; home: accueil; division: partie, chapitre, leçon; top: retour en haut;
        to do: à compléter, à venir, à faire; link: voir, lire, plus; level: facile, moyen,
        difficile; and: et; or: ou; of: sur; is: est, sont; language: français, anglais, allemand,
        espagnol, italien; asks: quel, quelle, quels, quelles, comment, pourquoi, quand, où, qu'est,
        qu’est, expliquez, définissez, est-ce; faq: foire aux questions, questions fréquentes;
        section: références, résumé, conclusion; manual: prérequis, utilisation, exemples,
        objectifs, exercices, ajouté, modifié, corrigé, supprimé, technologies utilisées,
        structure du projet, fonctionnalités, démarrage; part: définition, exemple, exemples,
        explication, propriétés, avantages, inconvénients
    """,
    "es": """
        question: pregunta, preguntas; asking letter: p; answering letter: r; answer: respuesta,
        respuestas; solution: solución, soluciones, solucion, resolución; hint: pista, pistas,
        consejo; explanation: explicación; exercise: ejercicio, ejercicios, actividad;
        task: problema, problemas, enunciado; example: ejemplo, ejemplos; proof: demostración;
        theorem: teorema; front: anverso, frente; back: reverso, dorso; term: término, términos,
        palabra, palabras, concepto, conceptos; definition: definición, significado, traducción;
        options: opción, opciones, alternativas; true: verdadero, cierto; false: falso;
        right: correcta, correcto, correctas, correctos; wrong: incorrecta, incorrecto; model: mi,
        breve, breves, corta, cortas, rápida, rápidas; key: solucionario, hoja de respuestas;
        card: tarjeta, tarjetas, ficha; show: ver, mostrar, abrir, clic, haz clic; small: el, la,
        las, los, un, una, de, para, aquí; contents: tabla de contenidos, contenido, contenidos,
        índice; tags: etiquetas; notes: nota, notas; details: más, detalles; number: número;
        next: siguiente, próximo, próxima; previous: anterior; home: inicio; division: parte,
        sección, capítulo, lección; top: volver arriba, volver al inicio, volver al índice,
        volver al principio; to do: por hacer, pendiente; link: más, ver, leer; level: fácil, medio,
        difícil; and: y; or: o; of: de; is: es, son; language: español, inglés, alemán, francés,
        italiano, portugués; asks: qué, que, cómo, como, cuál, cuáles, cuándo, dónde, por qué,
        por que, explique, explica, defina, define; faq: preguntas frecuentes; section: navegación,
        referencias, conclusión, introducción, resumen; manual: instalación, requisitos, uso,
        ejemplos, objetivos, ejercicios, tareas, añadido, agregado, cambiado, corregido, eliminado,
        tecnologías, tecnologías utilizadas, estructura del proyecto, requisitos previos,
        características, configuración, despliegue; part: definición, ejemplo, ejemplos,
        explicación, propiedades, ventajas, desventajas
    """,
    "pt": """
        question: pergunta, perguntas, questão, questões; asking letter: p; answering letter: r;
        answer: resposta, respostas; solution: solução, soluções, resolução; hint: dica, dicas;
        explanation: explicação; exercise: exercício, exercícios, atividade; task: problema,
        problemas, enunciado; example: exemplo, exemplos; proof: demonstração, prova;
        theorem: teorema; front: frente; back: verso; term: termo, termos, palavra, palavras,
        conceito; definition: definição, significado, tradução; options: opção, opções, alternativa,
        alternativas; true: verdadeiro, certo; false: falso, errado; right: correta, correto, certa,
        certo; wrong: incorreta, incorreto, errada, errado; model: minha, breve; key: gabarito;
        card: cartão, cartões; show: mostrar, mostra, ver, abrir, clique; small: o, a, os, as, um,
        uma, de, do, da, para, aqui; contents: sumário, índice, conteúdo; tags: etiquetas;
        notes: nota, notas, observações; details: mais, detalhes; number: número; next: próximo,
        próxima; previous: anterior; home: início; division: parte, seção, capítulo;
        top: voltar ao topo, voltar ao início, voltar ao sumário, voltar ao índice; to do: em breve,
        pendente, a fazer; link: leia, saiba, mais, ver; level: fácil, médio, difícil; and: e;
        or: ou; of: de; is: é, são; language: português, inglês, alemão, francês, espanhol;
        asks: o que, qual, quais, quando, onde, diferença; faq: perguntas frequentes;
        section: navegação, conclusão, referências, introdução, resumo; manual: instalação,
        exemplos, exercícios, adicionado, alterado, corrigido, removido, tecnologias,
        tecnologias utilizadas, estrutura do projeto, pré requisitos, funcionalidades, configuração,
        como usar, como executar, como rodar; part: definição, exemplo, exemplos, explicação,
        vantagens, desvantagens
    """,
    "it": """
        question: domanda, domande; asking letter: d; answering letter: r; answer: risposta,
        risposte; solution: soluzione, soluzioni, svolgimento; hint: suggerimento, suggerimenti,
        aiuto; explanation: spiegazione; exercise: esercizio, esercizi; task: problema;
        example: esempio, esempi; proof: dimostrazione; theorem: teorema; front: fronte;
        back: retro; term: termine, termini, parola, parole; definition: definizione, significato,
        traduzione; options: opzione, opzioni; true: vero; false: falso; right: corretta, corretto,
        giusto, giusta; wrong: sbagliata, sbagliato, errata; key: griglia delle risposte;
        card: scheda, schede; show: mostra, vedi, clicca, apri; small: il, lo, la, le, i, per, qui,
        di, un, una; contents: indice, sommario; tags: etichette; notes: nota, note;
        details: dettagli, altro; number: numero; next: successivo, avanti; previous: precedente,
        indietro; home: inizio; division: parte, sezione, capitolo; top: torna su, torna all'inizio;
        to do: da fare, da completare; level: facile, medio, difficile; and: e; or: o; of: di;
        is: è, sono; language: italiano, inglese, tedesco, francese, spagnolo; asks: cosa, come,
        perché, perchè, quale, quali, spiega; faq: domande frequenti; section: introduzione,
        riassunto, conclusione, riferimenti
    """,
    "nl": """
        question: vraag, vragen; answer: antwoord, antwoorden; solution: oplossing, oplossingen;
        hint: hint, aanwijzing; explanation: uitleg, verklaring; exercise: oefening, oefeningen,
        opdracht; example: voorbeeld, voorbeelden; proof: bewijs; theorem: stelling;
        front: voorkant; back: achterkant; term: begrip, begrippen, woord, woorden;
        definition: definitie, betekenis, vertaling; options: opties, keuzes; true: waar;
        false: onwaar; right: juiste, juist; wrong: fout, foute; key: antwoordblad, antwoordmodel;
        card: kaart, kaarten, flitskaart; show: toon, tonen, bekijk; contents: inhoud,
        inhoudsopgave; tags: labels; notes: notitie, notities, opmerking, opmerkingen;
        next: volgende; previous: vorige; top: terug naar boven; to do: nog te doen; and: en;
        or: of; language: nederlands, engels, duits, frans; asks: wat, hoe, waarom, wanneer, welke,
        leg uit; faq: veelgestelde vragen; section: samenvatting, inleiding, conclusie, bronnen,
        referenties
    """,
    "sv": """
        question: fråga, frågor; answering letter: s; answer: svar; solution: lösning, lösningar;
        hint: ledtråd, tips; explanation: förklaring; exercise: övning, övningar, uppgift,
        uppgifter; example: exempel; proof: bevis; theorem: sats; front: framsida; back: baksida;
        term: begrepp, ord, term; definition: definition, betydelse, översättning;
        options: alternativ; true: sant; false: falskt; right: rätt, korrekt; wrong: fel;
        key: facit; card: kort; show: visa, klicka; contents: innehåll, innehållsförteckning;
        tags: taggar, etiketter; notes: anteckning, anteckningar; next: nästa; previous: föregående;
        top: till toppen; to do: att göra; and: och; or: eller; language: svenska, engelska, tyska,
        franska; asks: vad, hur, varför, när, vilken, vilket, vilka, vem, förklara, beskriv, nämn;
        faq: vanliga frågor; section: sammanfattning, inledning, slutsats, referenser, källor
    """,
    "da": """
        question: spørgsmål; answering letter: s; answer: svar; solution: løsning, løsninger;
        hint: hjælp, vink; explanation: forklaring; exercise: øvelse, øvelser, opgave, opgaver;
        example: eksempel, eksempler; proof: bevis; theorem: sætning; front: forside; back: bagside;
        term: begreb, begreber, ord; definition: definition, betydning, oversættelse;
        options: valgmuligheder, svarmuligheder; true: sandt; false: falsk; right: rigtig, rigtige,
        korrekt; wrong: forkert; key: facitliste, rettevejledning; card: kort; show: vis, klik;
        contents: indhold, indholdsfortegnelse; tags: mærker, emneord; notes: note, noter;
        next: næste; previous: forrige; top: til toppen; to do: mangler; and: og; or: eller;
        language: dansk, engelsk, tysk, fransk; asks: hvad, hvordan, hvorfor, hvornår, hvilken,
        hvilket, hvilke, hvem, forklar, beskriv, nævn; faq: ofte stillede spørgsmål;
        section: sammenfatning, indledning, konklusion, referencer, kilder
    """,
    "no": """
        question: spørsmål; answering letter: s; answer: svar; solution: løsning, løsninger;
        hint: hint, ledetråd; explanation: forklaring; exercise: øvelse, øvelser, oppgave, oppgaver,
        oppgåve; example: eksempel, eksempler; proof: bevis; theorem: setning; front: forside;
        back: bakside; term: begrep, ord; definition: definisjon, betydning, oversettelse;
        options: alternativer; true: sant; false: usant; right: riktig, rett; wrong: feil, galt;
        key: fasit; card: kort; show: vis, klikk; contents: innhold, innholdsfortegnelse;
        tags: etiketter, stikkord; notes: notat, notater, merknad; next: neste; previous: forrige;
        top: til toppen; to do: gjenstår; and: og; or: eller; language: norsk, engelsk, tysk,
        fransk; asks: hva, hvordan, hvorfor, hvilken, hvilket, hvilke, hvem, forklar, beskriv, nevn;
        faq: ofte stilte spørsmål; section: sammendrag, innledning, konklusjon, referanser, kilder
    """,
    "fi": """
        question: kysymys, kysymykset; answer: vastaus, vastaukset; solution: ratkaisu, ratkaisut;
        hint: vihje, vinkki; explanation: selitys; exercise: harjoitus, tehtävä, tehtävät;
        example: esimerkki, esimerkit; proof: todistus; front: etupuoli; back: takapuoli,
        kääntöpuoli; term: termi, käsite, sana; definition: määritelmä, merkitys, käännös;
        options: vaihtoehdot; true: tosi, totta; false: epätosi; right: oikea, oikein; wrong: väärä,
        väärin; key: vastausavain; card: kortti, kortit; show: näytä, avaa; contents: sisältö,
        sisällys, sisällysluettelo; tags: tunnisteet, avainsanat; notes: huomautus, muistiinpanot;
        next: seuraava; previous: edellinen; top: takaisin ylös; to do: kesken; language: suomi,
        englanti, ruotsi; faq: usein kysyttyä; asks: mikä, mitä, miten, miksi, milloin, kuka,
        selitä; section: yhteenveto, johdanto, lähteet
    """,
    "pl": """
        question: pytanie, pytania; answer: odpowiedź, odpowiedzi; solution: rozwiązanie,
        rozwiązania; hint: wskazówka, podpowiedź; explanation: wyjaśnienie, objaśnienie;
        exercise: zadanie, zadania, ćwiczenie, ćwiczenia; example: przykład, przykłady;
        proof: dowód; theorem: twierdzenie; front: przód, awers; back: tył, rewers; term: pojęcie,
        pojęcia, termin, słowo, słówko; definition: definicja, znaczenie, tłumaczenie;
        options: opcje, warianty; true: prawda; false: fałsz; right: poprawna, poprawny, prawidłowa;
        wrong: błędna, błędny, niepoprawna; model: krótka, krótkie; key: klucz odpowiedzi;
        card: karta, karty, fiszka, fiszki; show: pokaż, zobacz, kliknij; contents: spis treści;
        tags: tagi, etykiety; notes: notatka, notatki, uwagi; next: następny, następna, dalej;
        previous: poprzedni, poprzednia, wstecz; top: do góry; to do: do zrobienia; and: i; or: lub;
        language: polski, angielski, niemiecki; asks: czym, jak, dlaczego, kiedy, co to, gdzie, kto,
        jaki, jaka, jakie, który, która, które, wyjaśnij, opisz, wymień;
        faq: najczęściej zadawane pytania; section: podsumowanie, wstęp, źródła
    """,
    "cs": """
        question: otázka, otázky; answer: odpověď, odpovědi; solution: řešení; hint: nápověda, tip;
        explanation: vysvětlení; exercise: cvičení, úloha, úlohy; example: příklad, příklady;
        proof: důkaz; theorem: věta; front: líc, přední strana; back: rub, zadní strana;
        term: pojem, pojmy, slovo, termín; definition: definice, význam, překlad; options: možnosti;
        true: pravda; false: nepravda; right: správná, správně, správný; wrong: špatně, špatná,
        chybně; key: klíč odpovědí, správné odpovědi; card: kartička, kartičky, karta;
        show: zobrazit, ukázat; contents: obsah; tags: štítky; notes: poznámka, poznámky;
        next: další; previous: předchozí; top: zpět nahoru; to do: doplnit; and: a; or: nebo;
        language: čeština, angličtina, němčina; faq: časté otázky; asks: co je, co jsou, jak, proč,
        kdy, kde, kdo, jaký, jaká, jaké, který, která, které, vysvětlete, popište; section: shrnutí,
        úvod, závěr, zdroje, literatura
    """,
    "sk": """
        question: otázka, otázky; answer: odpoveď, odpovede; solution: riešenie, riešenia;
        hint: nápoveda; explanation: vysvetlenie; exercise: cvičenie, úloha, úlohy;
        example: príklad, príklady; proof: dôkaz; front: predná strana; back: zadná strana;
        term: pojem, pojmy, slovo; definition: definícia, význam, preklad; options: možnosti;
        true: pravda; false: nepravda; right: správna, správne; wrong: nesprávna, nesprávne;
        key: kľúč odpovedí; card: kartička, karta; show: zobraziť, ukázať; contents: obsah;
        tags: značky; notes: poznámka, poznámky; next: ďalší, ďalej; previous: predchádzajúci;
        top: späť hore; to do: doplniť; language: slovenčina, angličtina; asks: čo je, čo sú, ako,
        prečo, kedy, kde, aký, aká, aké, ktorý, ktorá, vysvetlite; faq: časté otázky;
        section: zhrnutie, úvod, záver, zdroje
    """,
    "hr": """
        question: pitanje, pitanja; answer: odgovor, odgovori; solution: rješenje, rešenje,
        rješenja; hint: savjet, savet, pomoć; explanation: objašnjenje, obrazloženje;
        exercise: vježba, vežba, zadatak, zadaci; example: primjer, primer, primjeri; proof: dokaz;
        theorem: teorem; front: prednja strana; back: stražnja strana, zadnja strana; term: pojam,
        pojmovi, riječ, reč; definition: definicija, značenje, prijevod, prevod; options: opcije,
        mogućnosti; true: točno, tačno, istina; false: netočno, netačno, laž; right: ispravan,
        tačan, točan, točno; wrong: pogrešan, netočno, pogrešno; key: ključ odgovora; card: kartica,
        kartice; show: prikaži, pokaži; contents: sadržaj; tags: oznake; notes: bilješka, bilješke,
        napomena, beleška; next: sljedeće, sledeće, dalje; previous: prethodno; top: natrag na vrh,
        nazad na vrh; to do: nedovršeno; language: hrvatski, srpski, engleski; asks: što je, šta je,
        što su, šta su, kako, zašto, kada, gdje, koji, koja, koje, objasni, objasnite, nabroji;
        faq: česta pitanja; section: sažetak, uvod, zaključak, izvori, literatura
    """,
    "sr": """
        question: питање, питања; answer: одговор, одговори; solution: решење, решења; hint: савет,
        помоћ; explanation: објашњење; exercise: вежба, задатак, задаци; example: пример, примери;
        proof: доказ; front: предња страна; back: задња страна; term: појам, појмови, реч;
        definition: дефиниција, значење, превод; options: опције; true: тачно; false: нетачно;
        right: тачан, тачно, исправан; wrong: погрешан, погрешно; key: кључ одговора; card: картица,
        картице; show: прикажи, покажи; contents: садржај; tags: ознаке; notes: белешка, белешке,
        напомена; next: следеће, даље; previous: претходно; top: назад на врх; to do: недовршено;
        language: српски, енглески; asks: шта је, шта су, како, зашто, када, који, која, које;
        faq: честа питања; section: сажетак, увод, закључак, извори
    """,
    "bg": """
        question: въпрос, въпроси; answer: отговор, отговори; solution: решение, решения;
        hint: подсказка, насока; explanation: обяснение; exercise: упражнение, упражнения, задача,
        задачи; example: пример, примери; proof: доказателство; front: лице, предна страна;
        back: гръб, задна страна; term: термин, понятие, дума; definition: определение, дефиниция,
        значение, превод; options: опции, варианти; true: вярно, истина; false: невярно, неистина;
        right: верен, правилен, правилно; wrong: грешен, грешно, неправилно; key: ключ с отговори;
        card: карта, карти; show: покажи, виж; contents: съдържание; tags: етикети; notes: бележка,
        бележки; next: напред, следваща; previous: предишна; top: към началото; to do: предстои;
        language: български, английски; asks: какво, как, защо, кога, къде, кой, коя, кое, кои,
        обяснете, опишете; faq: често задавани въпроси; section: обобщение, въведение, увод,
        заключение, източници
    """,
    "ro": """
        question: întrebare, întrebarea, întrebări; answer: răspuns, răspunsul, răspunsuri;
        solution: soluție, soluția, rezolvare; hint: indiciu, indicație; explanation: explicație,
        explicația; exercise: exercițiu, exerciții; task: problemă; example: exemplu, exemple;
        proof: demonstrație; theorem: teoremă; front: față; back: verso, spate; term: termen,
        termeni, cuvânt, noțiune; definition: definiție, semnificație, traducere; options: opțiuni,
        variante; true: adevărat; false: fals; right: corect, corectă; wrong: greșit, incorect;
        key: barem; card: cartonaș, fișă; show: arată, afișează; contents: cuprins; tags: etichete;
        notes: notă, notițe, observații; next: următorul, înainte; previous: anteriorul, înapoi;
        top: înapoi sus; to do: de completat; language: română, engleză, germană; asks: ce este,
        ce sunt, de ce, când, unde, cine, care este, care sunt, explicați, descrieți, definiți;
        faq: întrebări frecvente; section: rezumat, introducere, concluzie, concluzii, referințe,
        bibliografie
    """,
    "hu": """
        question: kérdés, kérdések; answer: válasz, válaszok; solution: megoldás, megoldások;
        hint: segítség, tipp; explanation: magyarázat; exercise: feladat, feladatok, gyakorlat;
        example: példa, példák; proof: bizonyítás; theorem: tétel; front: előlap, előoldal;
        back: hátlap, hátoldal; term: fogalom, fogalmak, kifejezés, szó; definition: definíció,
        meghatározás, jelentés, fordítás; options: lehetőségek, válaszlehetőségek; true: igaz;
        false: hamis; right: helyes; wrong: helytelen, hibás; key: megoldókulcs; card: kártya,
        kártyák; show: mutasd, megjelenítés; contents: tartalom, tartalomjegyzék; tags: címkék;
        notes: jegyzet, jegyzetek, megjegyzés; next: következő; previous: előző;
        top: vissza a tetejére; to do: kidolgozandó; language: magyar, angol, német; asks: mi az,
        mi a, mik a, mik az, mit jelent, hogyan, miért, mikor, melyik, magyarázd el;
        faq: gyakori kérdések; section: összefoglalás, bevezetés, források, irodalom
    """,
    "sq": """
        question: pyetje, pyetja, pyetjet; answer: përgjigje, përgjigja, përgjigj, përgjigjja,
        përgjigjia, përgjigjet; solution: zgjidhje, zgjidhja; hint: ndihmë, këshillë;
        explanation: shpjegim, shpjegimi; exercise: ushtrim, ushtrime; example: shembull, shembuj;
        proof: vërtetim; front: ana e përparme; back: ana e pasme; term: term, fjalë, koncept;
        definition: përkufizim, kuptim, përkthim; options: opsione, alternativa; true: e vërtetë;
        false: e gabuar, e rreme; right: e saktë; wrong: e pasaktë; key: çelësi i përgjigjeve;
        card: kartë, karta; show: shfaq, trego; contents: përmbajtja; tags: etiketa; notes: shënim,
        shënime; next: tjetra, vazhdo; previous: e mëparshmja; top: kthehu lart;
        to do: për t'u bërë; asks: çfarë, pse, kur, cili, cila, shpjego; faq: pyetje të shpeshta;
        section: përmbledhje, hyrje, përfundim, burime
    """,
    "tr": """
        question: soru, sorular; answer: cevap, cevabı, yanıt, cevaplar; solution: çözüm, çözümler;
        hint: ipucu; explanation: açıklama; exercise: alıştırma, alıştırmalar, egzersiz;
        example: örnek, örnekler; proof: kanıt, ispat; theorem: teorem; front: ön yüz, ön;
        back: arka yüz, arka; term: terim, kelime, kavram; definition: tanım, anlam, anlamı, çeviri;
        options: seçenek, seçenekler, şıklar; true: doğru; false: yanlış; right: doğru;
        wrong: yanlış; key: cevap anahtarı; card: kart, kartlar; show: göster, görmek, tıkla;
        small: için; contents: içindekiler; tags: etiketler; notes: not, notlar; next: sonraki,
        ileri; previous: önceki, geri; top: başa dön, yukarı çık; to do: yapılacak; and: ve;
        or: veya; language: türkçe, ingilizce, almanca; asks: nedir, nasıl, neden, niçin, ne zaman,
        hangi, kim, açıklayınız; faq: sık sorulan sorular; section: kaynaklar, özet, giriş, sonuç,
        kaynakça
    """,
    "uz": """
        question: savol, savollar; answer: javob, javoblar; solution: yechim; hint: maslahat;
        explanation: izoh, tushuntirish; exercise: mashq, mashqlar, topshiriq; example: misol,
        misollar; proof: isbot; front: old tomon; back: orqa tomon; term: atama, soʻz, so'z,
        tushuncha; definition: taʼrif, ta'rif, maʼno, ma'no, tarjima; options: variantlar;
        true: rost; false: yolgʻon, yolg'on; right: toʻgʻri, to'g'ri; wrong: notoʻgʻri, noto'g'ri;
        key: javoblar kaliti; card: karta, kartochka; show: koʻrsatish, ko'rsatish;
        contents: mundarija; tags: teglar; notes: eslatma, eslatmalar; next: keyingi;
        previous: oldingi; top: yuqoriga; to do: bajariladi; asks: nima, qanday, nega, nima uchun,
        qachon, qayerda, qaysi; faq: ko'p so'raladigan savollar; section: xulosa, kirish, manbalar,
        adabiyotlar
    """,
    "ru": """
        question: вопрос, вопросы; asking letter: в; answering letter: о; answer: ответ, ответы;
        solution: решение, решения; hint: подсказка, подсказки; explanation: объяснение, пояснение,
        пояснения; exercise: упражнение, упражнения, задание, задания; task: задача, задачи,
        условие; example: пример, примеры; proof: доказательство; theorem: теорема;
        front: лицевая сторона; back: оборотная сторона, обратная сторона; term: термин, термины,
        слово, слова, понятие, понятия; definition: определение, значение, перевод;
        options: вариант, варианты, варианты ответа, варианты ответов; true: верно, правда, истина;
        false: неверно, ложь; right: правильный, правильно, верный, верно, правильная;
        wrong: неправильный, неправильно, неверно, неверный; model: краткий, краткие, кратко;
        key: ключ, ключи, ключ ответов; card: карточка, карточки; show: показать, посмотреть,
        открыть, скрыть, нажмите, увидеть; small: здесь, чтобы; contents: содержание, оглавление;
        tags: теги, метки, ключевые слова; notes: примечание, примечания, заметка, заметки;
        details: подробнее, подробней; number: номер; next: вперёд, далее, следующая;
        previous: назад, предыдущая; home: главная; division: часть, раздел, глава;
        top: к содержанию, к оглавлению, к началу, наверх; to do: в разработке; link: подробней,
        подробнее, смотри, читать, ссылка; and: и; or: или; of: из; language: русский, английский,
        немецкий, французский, испанский, китайский, японский; asks: перечислите, приведите,
        для чего, сколько, в чем, в чём, что, как, какие, какой, какая, какое, каков, какова,
        каковы, какую, почему, зачем, когда, где, чем, расскажите, объясните, опишите, назовите;
        faq: часто задаваемые вопросы, частые вопросы; section: ссылки, литература, источники,
        заключение, введение, полезные ссылки; manual: установка, требования, использование,
        примеры, задания, цели, добавлено, изменено, исправлено, удалено, новое, улучшено,
        технологии, стек, стек технологий, структура проекта, запуск, настройка, возможности,
        функционал, сборка; part: определение, пример, примеры, объяснение, свойства, причина,
        причины, решение, исправление, преимущества, недостатки, краткий ответ, подробный разбор
    """,
    "uk": """
        question: питання, запитання; answer: відповідь, відповіді; solution: розв'язок, розв’язок,
        розв'язання, рішення; hint: підказка; explanation: пояснення; exercise: вправа, вправи,
        завдання; task: задача; example: приклад, приклади; proof: доведення; theorem: теорема;
        front: лицьова сторона; back: зворотна сторона; term: термін, слово, поняття;
        definition: визначення, значення, переклад; options: варіанти, варіанти відповіді;
        true: правда, істина, так; false: неправда, хиба; right: правильна, вірна, правильно, вірно;
        wrong: неправильно, невірно, неправильна; key: ключ відповідей; card: картка, картки;
        show: показати, відкрити; contents: зміст; tags: теги, мітки; notes: примітка, примітки,
        нотатки; next: далі, наступна; previous: попередня; top: до змісту, вгору;
        to do: у розробці; and: та; or: або; language: українська, англійська; asks: що, як, який,
        яка, яке, які, чому, навіщо, коли, де, поясніть, опишіть, назвіть; faq: часті питання;
        section: висновок, висновки, вступ, посилання, література, джерела
    """,
    "be": """
        question: пытанне, пытанні; answer: адказ, адказы, адказу; solution: рашэнне;
        hint: падказка; explanation: тлумачэнне; exercise: практыкаванне, заданне; example: прыклад,
        прыклады; proof: доказ; front: пярэдні бок; back: адваротны бок; term: тэрмін, слова,
        паняцце; definition: азначэнне, значэнне, пераклад; options: варыянты; true: праўда;
        false: няпраўда; right: правільны, правільна; wrong: няправільна, няправільны;
        key: ключ адказаў; card: картка, карткі; show: паказаць; contents: змест; tags: тэгі;
        notes: заўвага, нататкі; next: далей; previous: папярэдняя; top: да зместу, уверх;
        to do: у распрацоўцы; asks: што, чаму, калі, дзе, якія, які; faq: частыя пытанні;
        section: уводзіны, высновы, крыніцы
    """,
    "el": """
        question: ερώτηση, ερωτήσεις; answer: απάντηση, απαντήσεις; solution: λύση, λύσεις;
        hint: υπόδειξη; explanation: εξήγηση, επεξήγηση; exercise: άσκηση, ασκήσεις; task: πρόβλημα;
        example: παράδειγμα, παραδείγματα; proof: απόδειξη; theorem: θεώρημα; front: μπροστινή όψη;
        back: πίσω όψη; term: όρος, λέξη, έννοια; definition: ορισμός, σημασία, μετάφραση;
        options: επιλογές; true: αληθές, σωστό; false: ψευδές, λάθος; right: σωστή, σωστό;
        wrong: λάθος, λανθασμένη; key: κλειδί απαντήσεων; card: κάρτα, κάρτες; show: εμφάνιση,
        δείτε; contents: περιεχόμενα; tags: ετικέτες; notes: σημείωση, σημειώσεις; next: επόμενο;
        previous: προηγούμενο; top: επιστροφή στην κορυφή; to do: εκκρεμεί; language: ελληνικά,
        αγγλικά; faq: συχνές ερωτήσεις; asks: τι, πώς, πως, γιατί, πότε, πού, ποιος, ποια, ποιο,
        ποιες, εξηγήστε; section: περίληψη, εισαγωγή, συμπέρασμα, πηγές
    """,
    "ar": """
        question: سؤال, السؤال, أسئلة, الأسئلة; asking letter: س; answering letter: ج;
        answer: الإجابة, الاجابة, إجابة, الجواب, جواب, الإجابات; solution: الحل, حل, الحلول;
        hint: تلميح, إرشاد; explanation: شرح, الشرح, تفسير, التفسير; exercise: تمرين, تمارين,
        التمرين; task: مسألة; example: مثال, أمثلة; proof: برهان, البرهان, إثبات; theorem: نظرية;
        front: الوجه الأمامي, الوجه; back: الوجه الخلفي, الظهر; term: المصطلح, مصطلح, الكلمة, كلمة;
        definition: التعريف, تعريف, المعنى, معنى, الترجمة; options: الخيارات, خيارات; true: صح,
        صحيح; false: خطأ; right: الصحيحة, صحيح, صحيحة; wrong: خاطئة, خطأ, خاطئ; key: مفتاح الإجابة,
        مفتاح الإجابات; card: بطاقة, بطاقات; show: عرض, أظهر, إظهار, اضغط; contents: المحتويات,
        الفهرس; tags: وسوم, الوسوم; notes: ملاحظات, ملاحظة; next: التالي; previous: السابق;
        top: العودة إلى الأعلى; to do: قيد الإعداد; and: و; or: أو; is: هي, هو; language: العربية,
        الإنجليزية; asks inside: ما هو, ما هي, ما الفرق, كيف, لماذا, ماذا, متى, اشرح;
        faq: الأسئلة الشائعة; section: المراجع, الخلاصة, مقدمة, المقدمة
    """,
    "fa": """
        question: سوال, سؤال, پرسش, سوالات; answer: پاسخ, جواب, پاسخ‌ها; solution: حل, راه حل,
        راه‌حل; hint: راهنمایی; explanation: توضیح, توضیحات; exercise: تمرین, تمرین‌ها;
        example: مثال; proof: اثبات; theorem: قضیه; front: رو, جلو; back: پشت; term: اصطلاح, واژه,
        کلمه; definition: تعریف, معنی, ترجمه; options: گزینه‌ها, گزینه ها; true: درست;
        false: نادرست, غلط; right: درست, صحیح; wrong: نادرست, اشتباه; key: کلید پاسخ, پاسخنامه;
        card: کارت, کارت‌ها; show: نمایش, مشاهده; contents: فهرست, فهرست مطالب; tags: برچسب‌ها,
        برچسب ها; notes: یادداشت, نکته, نکات; next: بعدی; previous: قبلی; top: بازگشت به بالا;
        to do: در دست تهیه; language: فارسی, انگلیسی; asks inside: چیست, چگونه, چطور, چرا, کدام,
        توضیح دهید; faq: سوالات متداول; section: منابع, خلاصه, مقدمه, نتیجه‌گیری
    """,
    "he": """
        question: שאלה, שאלות; answer: תשובה, תשובות; solution: פתרון, פתרונות; hint: רמז;
        explanation: הסבר; exercise: תרגיל, תרגילים; example: דוגמה, דוגמא, דוגמאות; proof: הוכחה;
        theorem: משפט; front: צד קדמי, חזית; back: צד אחורי, גב; term: מונח, מושג, מילה;
        definition: הגדרה, משמעות, תרגום; options: אפשרויות; true: נכון; false: לא נכון;
        right: נכונה, נכון; wrong: שגוי, שגויה; key: מפתח תשובות; card: כרטיס, כרטיסייה, כרטיסיות;
        show: הצג, לחץ; contents: תוכן עניינים, תוכן; tags: תגיות; notes: הערה, הערות; next: הבא;
        previous: הקודם; top: חזרה למעלה; to do: בהכנה; language: עברית, אנגלית; asks: מה, מהו, מהי,
        איך, כיצד, למה, מדוע, מתי, איפה, האם, הסבר, הסבירו; faq: שאלות נפוצות; section: סיכום, מבוא,
        מקורות
    """,
    "hi": """
        question: प्रश्न, सवाल; answer: उत्तर, जवाब; solution: हल, समाधान; hint: संकेत;
        explanation: व्याख्या, स्पष्टीकरण; exercise: अभ्यास; example: उदाहरण; proof: प्रमाण, उपपत्ति;
        theorem: प्रमेय; front: सामने; back: पीछे; term: शब्द, पद; definition: परिभाषा, अर्थ, अनुवाद;
        options: विकल्प; true: सत्य; false: असत्य; right: सही; wrong: गलत, ग़लत; key: उत्तर कुंजी;
        card: कार्ड; show: दिखाएँ, देखें; contents: विषय सूची, सामग्री; tags: टैग; notes: टिप्पणी,
        नोट्स; next: अगला; previous: पिछला; top: ऊपर जाएँ; to do: बाकी है; language: हिन्दी, हिंदी,
        अंग्रेज़ी; asks inside: क्या, कैसे, क्यों, किसे, कौन, समझाइए; faq: अक्सर पूछे जाने वाले प्रश्न;
        section: सारांश, परिचय, निष्कर्ष, संदर्भ
    """,
    "bn": """
        question: প্রশ্ন; answer: উত্তর; solution: সমাধান; hint: ইঙ্গিত, সংকেত; explanation: ব্যাখ্যা;
        exercise: অনুশীলনী, অনুশীলন; example: উদাহরণ; proof: প্রমাণ; theorem: উপপাদ্য; front: সামনে;
        back: পেছনে, পিছনে; term: শব্দ, পরিভাষা; definition: সংজ্ঞা, অর্থ, অনুবাদ; options: বিকল্প;
        true: সত্য; false: মিথ্যা; right: সঠিক; wrong: ভুল; key: উত্তরপত্র, উত্তরমালা; card: কার্ড;
        show: দেখুন, দেখাও; contents: সূচিপত্র; tags: ট্যাগ; notes: টীকা, নোট; next: পরবর্তী;
        previous: পূর্ববর্তী; top: উপরে যান; to do: বাকি আছে; language: বাংলা, ইংরেজি;
        asks inside: কীভাবে, কিভাবে, কেন, কাকে বলে; faq: সাধারণ জিজ্ঞাসা; section: সারাংশ, ভূমিকা,
        উপসংহার, তথ্যসূত্র
    """,
    "id": """
        question: soal, pertanyaan; answer: jawaban, jawab; solution: solusi, penyelesaian,
        pembahasan; hint: petunjuk; explanation: penjelasan; exercise: latihan, tugas;
        example: contoh; proof: bukti; theorem: teorema; front: depan; back: belakang;
        term: istilah, kata; definition: definisi, arti, makna, terjemahan; options: pilihan, opsi;
        true: benar; false: salah; right: benar, yang benar, tepat; wrong: salah;
        key: kunci jawaban; card: kartu; show: tampilkan, lihat, klik; contents: daftar isi;
        tags: tanda, label; notes: catatan; next: selanjutnya, berikutnya; previous: sebelumnya;
        top: kembali ke atas; to do: belum dijawab; and: dan; or: atau; language: bahasa indonesia,
        bahasa inggris, indonesia; asks: apa, bagaimana, mengapa, jelaskan, kenapa, kapan, siapa,
        sebutkan, apakah, berapa, di mana; faq: pertanyaan umum; section: ringkasan, kesimpulan,
        pendahuluan, referensi, daftar pustaka
    """,
    "vi": """
        question: câu hỏi, câu; answer: đáp án, câu trả lời, trả lời; solution: lời giải, bài giải;
        hint: gợi ý; explanation: giải thích; exercise: bài tập; task: bài, bài toán;
        example: ví dụ; proof: chứng minh; theorem: định lý; front: mặt trước; back: mặt sau;
        term: thuật ngữ, từ, từ vựng; definition: định nghĩa, nghĩa, ý nghĩa, dịch;
        options: lựa chọn, phương án; true: đúng; false: sai; right: đúng; wrong: sai;
        key: bảng đáp án; card: thẻ; show: hiển thị, xem, nhấn; contents: mục lục; tags: nhãn;
        notes: ghi chú, lưu ý; next: tiếp theo; previous: trước; top: về đầu trang;
        to do: đang cập nhật; and: và; or: hoặc; language: tiếng việt, tiếng anh;
        asks inside: là gì, như thế nào, thế nào, tại sao, vì sao; faq: câu hỏi thường gặp;
        section: tóm tắt, kết luận, giới thiệu, tài liệu tham khảo
    """,
    "th": """
        question: คำถาม, ข้อ; answer: คำตอบ, เฉลย; solution: วิธีทำ, แนวคำตอบ; hint: คำใบ้;
        explanation: คำอธิบาย, อธิบาย; exercise: แบบฝึกหัด; example: ตัวอย่าง; proof: พิสูจน์,
        บทพิสูจน์; theorem: ทฤษฎีบท; front: ด้านหน้า; back: ด้านหลัง; term: คำศัพท์, คำ;
        definition: คำจำกัดความ, ความหมาย, คำแปล; options: ตัวเลือก; true: จริง, ถูก; false: เท็จ,
        ผิด; right: ถูกต้อง, ถูก; wrong: ผิด; key: เฉลยคำตอบ; card: บัตรคำ, การ์ด; show: แสดง, ดู;
        contents: สารบัญ; tags: แท็ก; notes: หมายเหตุ, บันทึก; next: ถัดไป; previous: ก่อนหน้า;
        top: กลับไปด้านบน; to do: รอดำเนินการ; language: ภาษาไทย, ภาษาอังกฤษ; asks inside: อะไร,
        อย่างไร, ทำไม, เมื่อไร, ที่ไหน, ใคร; faq: คำถามที่พบบ่อย; section: สรุป, บทนำ, อ้างอิง
    """,
    "zh": """
        question: 问题, 問題, 题目, 題目, 面试题, 面試題, 算法题, 编程题, 算法编程题, 简答题,
        問答题, 问答题, 思考题, 概念题, 场景题, 单选题, 多选题, 选择题, 判断题, 填空题, 提问;
        asking letter: 问, 問, 题, 題; answering letter: 答; answer: 答案, 回答, 参考答案, 參考答案,
        正确答案, 正確答案, 标准答案, 標準答案; solution: 解答, 解法, 题解, 題解, 解; hint: 提示;
        explanation: 解析, 解释, 解釋, 说明, 說明, 讲解; exercise: 练习, 練習, 练习题, 练習題,
        練習題, 习题, 習題; task: 例题, 例題, 作业; example: 例子, 例, 示例, 例句; proof: 证明,
        證明; theorem: 定理; front: 正面, 表面; back: 背面, 反面; term: 术语, 術語, 单词, 單詞,
        概念, 词语, 名词, 用语, 用語; definition: 定义, 定義, 含义, 含義, 意思, 释义, 翻译;
        options: 选项, 選項; true: 对, 正确, 正確; false: 错, 错误, 錯誤; right: 正确, 正確;
        wrong: 错误, 錯誤; model: 参考, 參考, 標準, 标准; key: 答案表, 参考答案; card: 卡片;
        show: 点击, 點擊, 点此, 展开, 展開, 查看, 显示, 顯示, 折叠, 收起; contents: 目录, 目錄;
        tags: 标签, 標籤; notes: 备注, 備註, 备考, 備考, 笔记, 拼音, 发音, 發音; details: 更多,
        详情, 詳情, 详细, 全部, 完整; number: 序号; next: 下一页, 下一篇, 下一章, 下一节;
        previous: 上一页, 上一篇, 上一章, 上一节; top: 回到, 返回顶部, 返回目录, 返回頂部, 返回目錄;
        to do: 待补充, 待完善, 待更新, 待续, 待定, 未完待续, 暂无, 暂无答案, 略, 更新中; link: 参考,
        详见, 见, 链接, 答案, 查看, 点击, 阅读, 原文, 文章, 参考链接; and: 和, 与, 與, 及; is: 是,
        为, 為; language: 中文, 汉语, 漢語, 英文, 英语, 英語, 日文, 日语, 日語, 韩语;
        asks inside: 说一下, 讲一下, 讲讲, 聊聊, 描述, 列举, 解释, 介绍, 哪几, 几种, 哪里, 何时,
        能否, 有何, 对比, 异同, 优缺点, 什么, 甚麼, 什麼, 如何, 为什么, 為什麼, 怎么, 怎麼, 怎样,
        哪些, 哪个, 哪種, 哪种, 是否, 多少, 区别, 區別, 简述, 說說, 说说, 谈谈; faq: 常见问题,
        常見問題; section: 概述, 参考, 参考资料, 参考文献, 參考資料, 参考链接, 总结, 小结, 總結,
        结语, 写在最后, 前言, 引言, 相关链接, 相关文章, 推荐阅读, 延伸阅读, 更多, 贡献, 贡献者,
        许可证; manual: 新增, 新增功能, 变更, 修复, 修復, 优化, 移除, 改进, 新增 added,
        变更 changed, 修复 fixed, 移除 removed, 安装, 快速开始, 使用, 使用方法, 用法, 示例, 配置,
        要求, 特性, 功能, 目标, 练习, 作业, 计划, 更新日志, 技术栈, 项目结构, 目录结构, 项目介绍,
        项目简介, 环境要求, 安装步骤, 安装说明, 部署, 运行, 启动, 功能特性, 主要功能, 贡献指南;
        part: 定义, 定義, 例子, 示例, 解释, 原理, 优点, 缺点, 优缺点, 性质, 性質, 证明, 证明过程,
        答案, 解法, 解析, 思路, 代码
    """,
    "ja": """
        question: 質問, 問題, 問い, 設問; asking letter: 問; answering letter: 答; answer: 答え,
        回答, 正解, 回答例; solution: 解答, 解答例, 解答の要点, 解答のポイント, 模範解答,
        模範解答例, 解法; hint: ヒント; explanation: 解説, 説明; exercise: 演習, 演習問題, 練習,
        練習問題; task: 例題, 課題; example: 例; proof: 証明; theorem: 定理; front: 表面, 表;
        back: 裏面, 裏; term: 用語, 単語, 漢字; definition: 定義, 意味, 訳; options: 選択肢;
        true: 正しい; false: 誤り; right: 正しい; wrong: 誤り, 間違い, 不正解; model: 模範, 想定;
        key: 解答一覧; card: カード; show: クリック, クリックして, 見る, 表示, 開く; contents: 目次;
        tags: タグ; notes: 備考, 注, 注意, メモ, 読み; details: 詳細, もっと見る; number: 番号;
        next: 次へ; previous: 前へ; top: トップへ; to do: 準備中; and: と, および; is: は;
        language: 日本語, 英語, 韓国語, 中国語, ドイツ語; asks inside: ください, 下さい,
        お願いします, でしょうか, ますか, ですか, とは, なぜ, どう, 何か, 何ですか, 違い;
        faq: よくある質問; section: 関連ドキュメント, 関連記事, 概要, はじめに, 参考文献, 参照,
        まとめ; manual: 追加, 変更, 修正, 削除, インストール, 使い方, 技術スタック, 使用技術,
        環境構築, セットアップ, 開発環境, ディレクトリ構成, 機能, 機能一覧, 実行方法, 使用方法,
        インストール方法, 前提条件; part: 定義と例, 定義, 例, 説明, 解説
    """,
    "ko": """
        question: 질문, 문제; answer: 정답, 답변, 답안, 답; solution: 풀이, 해답; hint: 힌트;
        explanation: 해설, 설명; exercise: 연습문제, 연습 문제, 예제; example: 예, 예시, 예제;
        proof: 증명; theorem: 정리; front: 앞면, 정면; back: 뒷면, 배면; term: 용어, 단어;
        definition: 정의, 의미, 뜻; options: 보기, 선택지; true: 참; false: 거짓; right: 맞음,
        올바른; wrong: 틀림, 오답; model: 예상, 면접, 모범; key: 정답표, 정답 및 해설; card: 카드;
        show: 보기, 펼치기, 열기, 확인, 확인하기, 접기; contents: 목차, 차례; tags: 태그;
        notes: 비고, 메모, 참고; details: 더, 더보기; next: 다음; previous: 이전; top: 맨위로,
        맨 위로; to do: 작성 중; and: 및; language: 한국어, 영어, 일본어, 중국어;
        asks inside: 인가요, 나요, 까요, 주세요, 하시오, 이유, 무엇, 왜, 어떻게, 차이, 설명;
        faq: 자주 묻는 질문; section: 개요, 소개, 참고; manual: 설치, 사용법, 기술 스택, 개발 환경,
        개발 환경 설정, 설치 방법, 실행 방법, 사용 방법, 프로젝트 구조, 프로젝트 소개, 주요 기능,
        기능, api 엔드포인트, 배포; part: 정의, 예시, 예제, 설명, 장점, 단점, 특징
    """,
}
