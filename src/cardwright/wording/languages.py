"""The words of each language, by what they name. To add a language, add a block.

A block reads ``[code] concept: word|word(s); concept: …`` with the concepts of ``words``; a piece
in brackets may be missing. Words are plain and in lower case; a test says what a block needs.
``key`` is a list of answers, ``model`` what stands before "answer", ``task`` an exercise or else,
``small`` a word without weight, ``top`` and ``link`` name links, ``to_do`` a missing answer,
``shown`` what folds show besides answers. ``asks`` begins a question, ``steps`` a question or a
step of instructions, ``asks_inside`` makes one anywhere, ``orders`` sets an exercise. ``section``
titles never ask, ``manual`` titles are no terms to learn, ``part`` titles are parts of an answer.
``chooses`` asks for one of several things.
``[xx]`` has labels of further languages.
"""

LANGUAGES = """
[xx] question: kysymys|kysymykset|pitanje|pitanja|питање|питања|въпрос(и)|pyetje(t)|pyetja|
savol(lar)|пытанне|пытанні; answer: përgjigj(e)|vastaus|vastaukset|odpoveď|odpovede|odgovor(i)|
одговор(и)|отговор(и)|javob(lar)|адказ(ы)|адказу|përgjigjet|përgjigj(j)a|përgjigjia
[en] question: question(s)|ques|que|quest|qn|interview question(s)|practice question|exam question|
test question|sample question|review question|bonus question|mcq; asking_letter: q;
answering_letter: a; answer: answer(s)|ans; solution: solution(s)|sol|answer sketch; hint: hint(s)|
tip(s)|clue(s)|nudge; explanation: explanation(s)|rationale|reason(ing); exercise: exercise(s);
task: problem(s)|task(s)|puzzle(s)|challenge(s)|statement|problem statement|prompt; example:
example(s)|worked example(s)|solved example(s); proof: proof; theorem: theorem|lemma|proposition|
corollary; front: front|front side; back: back|back side; term: term(s)|word(s)|concept(s)|
vocabulary|acronym|abbreviation|phrase|idiom|expression|key term(s); definition: definition(s)|
meaning(s)|translation|full form|expansion|stands for; options: option(s)|choice(s); true: true;
false: false; right: correct|right; wrong: wrong|incorrect; model: sample|model|suggested|expected|
ideal|best|possible|short|long|full|detailed|official|proposed|complete|strong|good|brief|quick|
concise; key: answer key(s)|answers key|answer sheet|key; card: card(s)|flashcard(s)|flash card(s);
quiz: quiz|test|exam|practice|activity|your turn|self check|self test|check yourself|test yourself|
try it( yourself)|try this|think about it|think about this|quick check|check your understanding|
check your knowledge|test your understanding|test your knowledge|knowledge check; show: show|reveal|
click|toggle|expand|open|view|see|tap|press|hide|unfold|collapse|check|push|hover|close|display|
flip; small: a|an|the|to|of|for|here|this|your|my|our|it|and|or|in|me|if|you|need|want|first|second|
third|get|find|out|all|less|go|ahead|step|steps|spoiler|alert|stuck|ready|help|includes|contains|
optional|extra|info; contents: table of contents|content(s)|toc|index|on this page; notes: note(s)|
comment(s)|remark(s)|mnemonic|pronunciation|reading; details: detail(s)|more; number: number|no|nr|
n; top: back to (the )top|return to top; to_do: todo|to do|tbd|tba|tbc|wip|fixme|(your )answer here|
your answer|write answer here|add answer here|to be completed|to be done|to be added|to be
continued|to be updated|to be filled|coming soon|(work )in progress|pending|no answer( yet)|not
answered yet|unanswered|answer coming soon|answer pending|answer to be added|placeholder|fill me in|
needs answer|n a|na|xxx|lorem ipsum|preparing|todo answer|answer todo; link: answer|read(ing)|more|
learn|from|link|see|click|source(s)|ref(er)|reference(s)|watch|video|article|blog|post|check|out|
solution|details|detailed|explanation|useful|resource(s)|further|on|also|is|at|please|visit|
credit(s)|via|docs|documentation; and: and|with; or: or; of: of; is: is|are; language: english|
german|french|spanish|portuguese|italian|russian|ukrainian|polish|czech|dutch|swedish|danish|
norwegian|finnish|greek|latin|turkish|arabic|hebrew|persian|hindi|bengali|japanese|korean|chinese|
mandarin chinese|mandarin|vietnamese|thai|indonesian|romanian|hungarian|catalan; asks: what(s)|how|
why|when|where|which|who(m)|whose|am|were|shall|might|in what|in which|to what|explain|describe|
define|compare|contrast|discuss|differentiate|distinguish|difference between|differences between|
tell me|walk me|talk about|summarise|summarize; steps: is|are|was|can|could|does|do|did|should|will|
would|have|has|may|must|if you|list|name|give|state|write|implement|mention|derive|prove|show|
suppose|consider|calculate|compute|find|outline|identify|design; faq: faq(s)|q a|qa|q and a|
frequently asked questions|questions and answers; section: summary|conclusion(s)|introduction|intro|
preface|foreword|about|about me|related|next steps|links|reference(s)|bibliography|source(s)|
resources|read more|see also|contributing|contribution(s)|how to contribute|contributors|author(s)|
license|licence|credits|acknowledgments|acknowledgement(s)|thanks|footer|disclaimer|support|support
me|sponsor(s)|changelog|contact|star history|show your support|question(s)|interview questions|
answers|notes|navigation|home|takeaways; manual: getting started|quick start|quickstart|install|
installation|prerequisites|requirements|setup|config|configuration|settings|usage|how to use|
feature(s)|roadmap|structure|architecture|overview|description|purpose|goal(s)|objective(s)|
background|development|build(ing)|deploy|deployment|run|test(s)|testing|debugging|troubleshooting|
limitations|security|performance|docs|documentation|api|commands|parameters|arguments|screenshots|
demo|release notes|unreleased|added|changed|fixed|removed|deprecated|breaking changes|todo|to do|
task(s)|tips|learning objectives|workflow|steps|method(s)|technologies|stack|dependencies|scripts|
environment|what s inside|what s next|what s new|how it works|how does it work|what it does|why|
endpoints|note(s)|options; part: counterexample|properties|property|intuition|formula(s)|formal
definition|in short|tl dr|tldr|short answer|long answer|details|advantages|pros|use cases|when to
use|why|how|how it works|cause(s)|reasons|symptoms|fix|workaround|complexity|code|sample code|
implementation|remarks|pitfalls|follow up|(pros and )cons|(advantages and )disadvantages; shown:
code|source code|sample code|output(s)|expected output|result(s)|console output|log(s)|console|
snippet|code snippet|image(s)|picture|screenshot(s)|diagram|figure|demo|preview|implementation|diff|
script|json; orders: show|prove|disprove|find|determine|compute|calculate|evaluate|solve|draw|
construct|sketch|plot|derive|deduce|verify|let|suppose|consider|assume|estimate|simplify|express|
factor|convert|describe|explain|classify|decide|state|give(n)|write|implement|complete|integrate|
differentiate|translate|rewrite|design|create|which|characterise|characterize; level: easy|medium|
hard|difficult|basic|advanced|beginner|intermediate|expert; chooses: which one|which of|choose|
select|pick|circle|tick|true or false
[de] question: frage(n); asking_letter: f; answer: antwort(en); solution: lösung(en)|
musterlösung(en); hint: hinweis(e)|tipp(s); explanation: erklärung|erläuterung|begründung; exercise:
aufgabe(n)|übung(en)|übungsaufgabe(n); example: beispiel(e); proof: beweis; theorem: satz|korollar;
front: vorderseite; back: rückseite; term: begriff(e)|wort|wörter|fachbegriff|vokabel; definition:
definition|bedeutung|übersetzung; options: option(en)|auswahl; true: wahr|richtig; false: falsch;
right: richtige(n)|richtig|korrekt(e); wrong: falsch(e); model: meine|kurz(e)|ausführliche; key:
lösungsschlüssel|antwortschlüssel; card: karte(n)|karteikarte(n); show: anzeigen|zeigen|klicken|
aufklappen|einblenden|ausklappen; small: der|die|das|zum|hier|für|den|um|zur|zu|ein(e); contents:
inhaltsverzeichnis|inhalt; notes: notiz(en)|anmerkung(en); details: mehr|details; number: nummer|nr;
top: nach oben; to_do: ausstehend|noch offen; link: mehr|lesen|siehe; and: und; or: oder; of: von;
is: ist|sind; language: deutsch|englisch|französisch|spanisch|italienisch|portugiesisch|russisch|
japanisch|latein; asks: was|wie|warum|wann|wo|wozu|welche(r)|welches|welchen|welchem|wer|weshalb|
wieviel(e)|erkläre|nenne|beschreibe|definiere|nennen sie|erklären sie|beschreiben sie|definieren
sie|begründen sie|berechnen sie|vergleiche(n)|vergleichen sie|erläutere|erläutern sie|unterschied
zwischen|unterschiede zwischen; steps: zeige(n)|zeigen sie|finde(n)|schreibe(n)|schreiben sie|
implementiere(n)|implementieren sie|erstelle(n)|erstellen sie|zeichne(n)|berechne(n)|bestimme(n)|
bestimmen sie|gib|geben sie|zähle; faq: häufige fragen|häufig gestellte fragen; section:
zusammenfassung|quellen|literatur|einleitung|fazit; manual: erste schritte|voraussetzungen|
verwendung|tipps|ziele|lernziele|erfolgskriterien|funktionen|konfiguration|technologien|
projektstruktur|einrichtung; part: eigenschaften|vorteile|nachteile; shown: code|quelltext|ausgabe|
ergebnis|bild; orders: zeige(n)|beweise(n)|finde(n)|berechne(n)|bestimme(n)|löse(n)|zeichne(n)|
begründe(n)|gegeben|sei(en)|gib|schreibe(n); level: leicht|mittel|schwer; chooses: welche(r) der|
welche(r) von|welches der|wähle(n)|kreuze(n)
[fr] question: question(s); answering_letter: r; answer: réponse(s); solution: solution(s)|
corrigé(s)|correction(s); hint: indice(s)|indication|astuce; explanation: explication(s); exercise:
exercice(s)|activité(s)|défi; task: problème(s)|énoncé; example: exemple(s); proof: preuve|
démonstration; theorem: théorème|corollaire; front: recto; back: verso; term: terme(s)|mot(s)|
notion; definition: définition|signification|sens|traduction; options: choix|options; true: vrai;
false: faux; right: correcte(s)|correct|bonne|la bonne|juste; wrong: incorrect(e)|mauvaise; model:
ma|brève(s)|corrigée; key: corrigé|grille de réponses; card: carte(s)|fiche; show: afficher|voir|
cacher|montrer|cliquez|cliquer; small: les|le|la|l|une|un|pour|ici|des|de|du|à|au; contents:
sommaire|table des matières; notes: note(s)|remarque(s)|commentaire; details: plus|détails; number:
numéro; top: retour en haut; to_do: à compléter|à venir|à faire; link: voir|lire|plus; and: et; or:
ou; of: sur; is: est|sont; language: français|anglais|allemand|espagnol|italien; asks: quel(s)|
quelle(s)|comment|pourquoi|quand|où|qu'est|qu’est|expliquez|définissez|est-ce|explique(r)|décris|
décrire|décrivez|définir|définis|comparer|comparez|citer|citez|différence(s) entre; steps: écrire|
écris|écrivez|donner|donnez|créer|créez|implémenter|implémentez|réaliser|réalisez|construire|
dessiner|dessinez|programmer|calculer|calculez|trouver|trouvez|montrer|montrez; faq: foire aux
questions|questions fréquentes; section: références|résumé|conclusion; manual: prérequis|
utilisation|objectifs|fonctionnalités|structure du projet|démarrage; part: propriétés|avantages|
inconvénients; shown: code|résultat|sortie|image; orders: montre(r)|montrez|démontrer|démontrez|
trouver|trouvez|calcule(r)|calculez|détermine(r)|déterminez|résoudre|résous|résolvez|soit|soient|
tracer; level: facile|moyen|difficile; chooses: lequel|laquelle|lesquels|lesquelles|cochez|
choisissez|choisissant
[es] question: pregunta(s); asking_letter: p; answering_letter: r; answer: respuesta(s); solution:
solución|soluciones|solucion|resolución; hint: pista(s)|consejo; explanation: explicación; exercise:
ejercicio(s)|actividad; task: problema(s)|enunciado; example: ejemplo(s); proof: demostración;
theorem: teorema; front: anverso|frente; back: reverso|dorso; term: término(s)|palabra(s)|
concepto(s); definition: definición|significado|traducción; options: opción|opciones|alternativas;
true: verdadero|cierto; false: falso; right: correcta(s)|correcto(s); wrong: incorrecta|incorrecto;
model: mi|breve(s)|corta(s)|rápida(s); key: solucionario|hoja de respuestas; card: tarjeta(s)|ficha;
show: ver|mostrar|abrir|clic|haz clic; small: el|las|la|los|una|un|de|para|aquí; contents: tabla de
contenidos|contenido(s)|índice; notes: nota(s); details: más|detalles; number: número; top: volver
arriba|volver al; to_do: por hacer|pendiente; link: más|ver|leer; and: y; or: o; of: de; is: es|son;
language: español|inglés|alemán|francés|italiano|portugués; asks: qué|cómo|cuál(es)|cuándo|dónde|por
qué|por que|explique|explica|defina|define|explicar|describe|describa|describir|compara(r)|compare|
menciona(r)|mencione|definir|diferencia(s) entre; steps: que|como|escribe|escriba|escribir|
realiza(r)|realice|crea(r)|cree|haga|hacer|implementa(r)|implemente|diseña(r)|diseñe|muestra|
muestre|mostrar|construye|construir|desarrolla(r)|desarrolle|programa(r)|investiga(r)|investigue|
calcula(r)|calcule|enumera(r)|enumere|indica(r)|indique; faq: preguntas frecuentes; section:
navegación|referencias|conclusión|introducción|resumen; manual: instalación|requisitos|requisitos
previos|uso|objetivos|tecnologías|configuración|estructura del proyecto|despliegue|características;
part: propiedades|ventajas|desventajas; shown: código|resultado|salida|imagen|captura; orders:
demuestra|demuestre|demostrar|halla(r)|halle|encuentra|encuentre|encontrar|resuelve|resuelva|
resolver|sea(n)|calcula(r)|calcule|determina(r)|determine|escriba|escribe; level: fácil|medio|
difícil; chooses: cuál de|cuáles de|elige|elija|marque|selecciona|seleccione
[pt] question: pergunta(s)|questão|questões; asking_letter: p; answering_letter: r; answer:
resposta(s); solution: solução|soluções|resolução; hint: dica(s); explanation: explicação; exercise:
exercício(s)|atividade; task: problema(s)|enunciado; example: exemplo(s); proof: demonstração|prova;
theorem: teorema; front: frente; back: verso; term: termo(s)|palavra(s)|conceito; definition:
definição|significado|tradução; options: opção|opções|alternativa(s); true: verdadeiro|certo; false:
falso|errado; right: correta|correto|certa|certo; wrong: incorreta|incorreto|errada|errado; model:
minha|breve; key: gabarito; card: cartão|cartões; show: mostra(r)|ver|abrir|clique; small: o|a|os|
as|uma|um|de|do|da|para|aqui; contents: sumário|índice|conteúdo; notes: nota(s)|observações;
details: mais|detalhes; number: número; top: voltar ao; to_do: em breve|pendente|a fazer; link:
leia|saiba|mais|ver; and: e; or: ou; of: de; is: é|são; language: português|inglês|alemão|francês|
espanhol; asks: o que|qual|quais|onde|diferença|explique|explicar|descreva|descrever|defina|definir|
compare|comparar|diferenças; steps: quando|escreva|escrever|crie|criar|faça|fazer|implemente|
implementar|desenvolva|desenvolver|projete|mostre|mostrar|construa|calcule|calcular|liste|listar|
cite|indique; faq: perguntas frequentes; section: navegação|conclusão|referências|introdução|resumo;
manual: instalação|tecnologias|pré requisitos|configuração|estrutura do projeto|funcionalidades|como
usar; part: vantagens|desvantagens; shown: código|resultado|saída|imagem; orders: mostre|prove|
encontre|resolva|seja(m)|calcule|determine|escreva|demonstre; level: fácil|médio|difícil; chooses:
qual da(s)|qual do(s)|escolha|assinale|selecione|marque
[it] question: domanda|domande; asking_letter: d; answering_letter: r; answer: risposta|risposte;
solution: soluzione|soluzioni|svolgimento; hint: suggerimento|suggerimenti|aiuto; explanation:
spiegazione; exercise: esercizi(o); task: problema; example: esempi(o); proof: dimostrazione;
theorem: teorema; front: fronte; back: retro; term: termine|termini|parola|parole; definition:
definizione|significato|traduzione; options: opzione|opzioni; true: vero; false: falso; right:
corretta|corretto|giusto|giusta; wrong: sbagliata|sbagliato|errata; key: griglia delle risposte;
card: scheda|schede; show: mostra|vedi|clicca|apri; small: il|lo|la|le|i|per|qui|di|una|un;
contents: indice|sommario; notes: nota|note; details: dettagli|altro; number: numero; top: torna su|
torna all'inizio; to_do: da fare|da completare; and: e; or: o; of: di; is: è|sono; language:
italiano|inglese|tedesco|francese|spagnolo; asks: cosa|perché|perchè|quale|quali|spiega|spiegare|
descrivi|descrivere|descriva|definisci|definire|confronta(re)|differenza fra|differenza tra|
differenze fra|differenze tra|quando|dove|chi|che cosa; steps: come|quando|scrivi|scrivere|crea(re)|
realizza(re)|implementa(re)|disegna(re)|progetta(re)|elenca(re)|calcola(re)|mostra(re)|indica(re);
faq: domande frequenti; section: introduzione|riassunto|conclusione|riferimenti; shown: codice|
risultato|output|immagine; orders: dimostra(re)|trova(re)|calcola(re)|risolvi|risolvere|sia(no)|
scrivi|determina(re); level: facile|medio|difficile
[nl] question: vraag|vragen; answer: antwoord(en); solution: oplossing(en); hint: hint|aanwijzing;
explanation: uitleg|verklaring; exercise: oefening(en)|opdracht; example: voorbeeld(en); proof:
bewijs; front: voorkant; back: achterkant; term: begrip(pen)|woord(en)|term(en); definition:
definitie|betekenis|vertaling; options: opties|keuzes; true: waar; false: onwaar; right: juist(e);
wrong: fout(e); key: antwoordblad|antwoordmodel; card: kaart(en); show: toon|tonen; contents:
inhoud|inhoudsopgave; notes: notitie(s); and: en; or: of; language: nederlands|engels|duits|frans;
asks: wat|hoe|waarom|wanneer|welke|leg uit|beschrijf|verklaar|vergelijk|definieer; steps: noem|
schrijf|bereken|teken|geef|maak; section: samenvatting|inleiding|conclusie
[sv] question: fråga|frågor; answering_letter: s; answer: svar; solution: lösning(ar); hint:
ledtråd|tips; explanation: förklaring; exercise: övning(ar)|uppgift(er); example: exempel; proof:
bevis; front: framsida; back: baksida; term: begrepp|ord|term; definition: definition|betydelse|
översättning; options: alternativ; true: sant; false: falskt; right: rätt|korrekt; wrong: fel; key:
facit; card: kort; show: visa|klicka; contents: innehåll|innehållsförteckning; notes:
anteckning(ar); and: och; or: eller; language: svenska|engelska|tyska|franska; asks: vad|hur|varför|
när|vilken|vilket|vilka|vem|förklara|beskriv|nämn; steps: skriv|beräkna|rita|visa; section:
sammanfattning|inledning|slutsats
[da] question: spørgsmål; answering_letter: s; answer: svar; solution: løsning(er); hint: hjælp|
vink; explanation: forklaring; exercise: øvelse(r)|opgave(r); example: eksempel|eksempler; proof:
bevis; front: forside; back: bagside; term: begreb(er)|ord; definition: definition|betydning|
oversættelse; options: valgmuligheder|svarmuligheder; true: sandt; false: falsk; right: rigtig(e)|
korrekt; wrong: forkert; key: facitliste|rettevejledning; card: kort; show: klik; contents:
indhold|indholdsfortegnelse; notes: note(r); and: og; or: eller; language: dansk|engelsk|tysk|
fransk; asks: hvad|hvordan|hvorfor|hvornår|hvilket|hvilke(n)|hvem|forklar|beskriv|nævn; steps:
skriv|beregn|tegn|vis; section: sammenfatning|indledning|konklusion
[no] question: spørsmål; answering_letter: s; answer: svar; solution: løsning(er); hint: hint|
ledetråd; explanation: forklaring; exercise: øvelse(r)|oppgave(r)|oppgåve; example: eksempel|
eksempler; proof: bevis; front: forside; back: bakside; term: begrep|ord; definition: definisjon|
betydning|oversettelse; options: alternativer; true: sant; false: usant; right: riktig|rett; wrong:
feil|galt; key: fasit; card: kort; show: klikk; contents: innhold|innholdsfortegnelse; notes:
notat(er); and: og; or: eller; language: norsk|engelsk|tysk|fransk; asks: hva|hvordan|hvorfor|
hvilket|hvilke(n)|hvem|forklar|beskriv|nevn; steps: skriv|beregn|tegn|vis; section: sammendrag|
innledning|konklusjon
[pl] question: pytanie|pytania; answer: odpowiedź|odpowiedzi; solution: rozwiązanie|rozwiązania;
hint: wskazówka|podpowiedź; explanation: wyjaśnienie|objaśnienie; exercise: zadanie|zadania|
ćwiczenie|ćwiczenia; example: przykład(y); proof: dowód; front: przód|awers; back: tył|rewers; term:
pojęcie|pojęcia|termin; definition: definicja|znaczenie|tłumaczenie; options: opcje|warianty; true:
prawda; false: fałsz; right: poprawna|poprawny|prawidłowa; wrong: błędna|błędny; model: krótka|
krótkie; key: klucz odpowiedzi; card: karta|karty; show: pokaż|zobacz; contents: spis treści; notes:
notatka|notatki; and: i; or: lub; language: polski|angielski|niemiecki; asks: czym|jaki(e)|jak(a)|
dlaczego|kiedy|co to|gdzie|kto|który|która|opisz|wyjaśnij|zdefiniuj|porównaj|omów|różnica; steps:
napisz|podaj|wymień|oblicz|narysuj|pokaż|zaimplementuj|stwórz; section: podsumowanie|wstęp|źródła
[cs] question: otázka|otázky; answer: odpověď|odpovědi; solution: řešení; hint: nápověda|tip;
explanation: vysvětlení; exercise: cvičení|úloha|úlohy; example: příklad(y); proof: důkaz; front:
líc|přední strana; back: rub|zadní strana; term: pojem|pojmy|slovo; definition: definice|význam|
překlad; options: možnosti; true: pravda; false: nepravda; right: správná|správně|správný; wrong:
špatně|špatná; key: klíč odpovědí|správné odpovědi; card: kartička|kartičky; show: zobrazit|ukázat;
contents: obsah; notes: poznámka|poznámky; and: a; or: nebo; language: čeština|angličtina|němčina;
asks: co je|co jsou|jak(ý)|proč|kdy|kde|kdo|jaká|jaké|který|která|popište|popiš|vysvětlete|vysvětli|
definujte|definuj|porovnejte|rozdíl; steps: napište|napiš|uveďte|uveď|vypočítejte|nakreslete|
vyjmenujte; section: shrnutí|úvod|závěr
[ro] question: întrebare(a)|întrebări; answer: răspuns(ul)|răspunsuri; solution: soluție|soluția|
rezolvare; hint: indiciu|indicație; explanation: explicație|explicația; exercise: exercițiu|
exerciții; task: problemă; example: exemplu|exemple; proof: demonstrație; front: față; back: verso|
spate; term: termen(i)|cuvânt; definition: definiție|semnificație|traducere; options: opțiuni|
variante; true: adevărat; false: fals; right: corect(ă); wrong: greșit|incorect; key: barem; card:
cartonaș|fișă; show: arată|afișează; contents: cuprins; notes: notă|notițe; language: română|
engleză|germană; asks: ce este|ce sunt|de ce|când|unde|cine|care este|care sunt|explicați|descrieți|
definiți; steps: scrieți|scrie|calculați|enumerați|dați; section: rezumat|introducere|concluzie
[hu] question: kérdés(ek); answer: válasz(ok); solution: megoldás(ok); hint: segítség|tipp;
explanation: magyarázat; exercise: feladat(ok)|gyakorlat; example: példa|példák; proof: bizonyítás;
front: előlap|előoldal; back: hátlap|hátoldal; term: fogalom|fogalmak|kifejezés; definition:
definíció|meghatározás|jelentés; options: lehetőségek|válaszlehetőségek; true: igaz; false: hamis;
right: helyes; wrong: helytelen|hibás; key: megoldókulcs; card: kártya|kártyák; show: mutasd|
megjelenítés; contents: tartalom|tartalomjegyzék; notes: jegyzet(ek); language: magyar|angol|német;
asks: mi a(z)|mik a(z)|mit jelent|hogyan|miért|mikor|melyik|magyarázd el|írd le|
ismertesd; steps: írj|írd|számítsd|sorold fel; section: összefoglalás|bevezetés|források
[tr] question: soru(lar); answer: cevap(lar)|cevabı|yanıt; solution: çözüm(ler); hint: ipucu;
explanation: açıklama; exercise: alıştırma(lar)|egzersiz; example: örnek(ler); proof: kanıt|ispat;
front: ön yüz|ön; back: arka yüz|arka; term: terim|kelime|kavram; definition: tanım|anlam(ı);
options: seçenek(ler); true: doğru; false: yanlış; right: doğru; wrong: yanlış; key: cevap anahtarı;
card: kart(lar); show: göster|görmek|tıkla; contents: içindekiler; notes: not(lar); and: ve; or:
veya; language: türkçe|ingilizce|almanca; asks: nedir|nasıl|neden|niçin|ne zaman|hangi|kim|
açıklayınız|açıkla(yın)|tanımla(yın)|tanımlayınız|karşılaştır(ın)|anlat(ın); steps:
yaz(ın)|yazınız|listele(yin)|oluştur(un)|hesapla(yın)|göster(in)|bul(un); section: kaynaklar|özet|
giriş; small: için
[ru] question: вопрос(ы); asking_letter: в; answering_letter: о; answer: ответ(ы); solution:
решение|решения; hint: подсказка|подсказки; explanation: объяснение|пояснение|пояснения; exercise:
упражнение|упражнения|задание|задания; task: задача|задачи|условие; example: пример(ы); proof:
доказательство; theorem: теорема; front: лицевая сторона; back: оборотная сторона|обратная сторона;
term: термин(ы)|слово|слова|понятие|понятия; definition: определение|значение|перевод; options:
вариант(ы)|варианты ответа|варианты ответов; true: верно|правда|истина; false: неверно|ложь; right:
правильный|правильно|верный|верно|правильная; wrong: неправильный|неправильно|неверно|неверный;
model: краткий|краткие|кратко; key: ключ(и)|ключ ответов; card: карточка|карточки; show: показать|
посмотреть|открыть|скрыть|нажмите|увидеть; small: здесь|чтобы; contents: содержание|оглавление;
notes: примечание|примечания|заметка|заметки; details: подробнее|подробней; number: номер; top: к
содержанию|к оглавлению|наверх|к началу; to_do: в разработке; link: подробней|подробнее|смотри|
читать|ссылка; and: и; or: или; of: из; language: русский|английский|немецкий|французский|испанский|
китайский|японский; asks: перечислите|приведите|для чего|сколько|в чем|в чём|что|как(ие)|какой|
какая|какое|каков(а)|каковы|какую|почему|зачем|когда|где|чем|расскажите|объясните|опишите|назовите|
сравните|дайте определение|в чём разница|кто; steps: напишите|написать|реализуйте|реализовать|
создайте|создать|составьте|найдите|покажите|вычислите; faq: часто задаваемые вопросы|частые вопросы;
section: ссылки|литература|источники|заключение|введение; manual: установка|требования|
использование|цели|технологии|стек|запуск|настройка|возможности|структура проекта|сборка; part:
свойства|причина|причины|преимущества|недостатки|краткий ответ; shown: код|вывод|результат|картинка|
скриншот; orders: найдите|найти|докажите|доказать|вычислите|вычислить|решите|решить|определите|
постройте|покажите|пусть|дан(о)|дана|даны|напишите|написать|создайте|создать; chooses: какой из|
какие из|какое из|выберите
[uk] question: питання|запитання; answer: відповідь|відповіді; solution: розв'язок|розв’язок|
розв'язання|рішення; hint: підказка; explanation: пояснення; exercise: вправа|вправи|завдання; task:
задача; example: приклад(и); proof: доведення; front: лицьова сторона; back: зворотна сторона; term:
термін|слово|поняття; definition: визначення|значення|переклад; options: варіанти|варіанти
відповіді; true: правда|істина; false: неправда|хиба; right: правильна|вірна|правильно; wrong:
неправильно|невірно; key: ключ відповідей; card: картка|картки; show: показати|відкрити; contents:
зміст; notes: примітка|примітки; and: та; or: або; language: українська|англійська; asks: що|яка|як|
який|яке|які|чому|навіщо|коли|де|поясніть|опишіть|порівняйте|назвіть|хто; steps: напишіть|створіть|
реалізуйте|знайдіть|обчисліть; section: висновок|висновки|вступ
[el] question: ερώτηση|ερωτήσεις; answer: απάντηση|απαντήσεις; solution: λύση|λύσεις; hint:
υπόδειξη; explanation: εξήγηση|επεξήγηση; exercise: άσκηση|ασκήσεις; task: πρόβλημα; example:
παράδειγμα|παραδείγματα; proof: απόδειξη; front: μπροστινή όψη; back: πίσω όψη; term: όρος|λέξη|
έννοια; definition: ορισμός|σημασία|μετάφραση; options: επιλογές; true: αληθές|σωστό; false: ψευδές|
λάθος; right: σωστή|σωστό; wrong: λάθος|λανθασμένη; key: κλειδί απαντήσεων; card: κάρτα|κάρτες;
show: εμφάνιση|δείτε; contents: περιεχόμενα; notes: σημείωση|σημειώσεις; language: ελληνικά|αγγλικά;
asks: τι|πώς|πως|γιατί|πότε|πού|ποια|ποιο(ς)|ποιες|εξηγήστε|περιγράψτε|ορίστε|συγκρίνετε; steps:
γράψτε|υπολογίστε|δώστε|βρείτε; section: περίληψη|εισαγωγή|συμπέρασμα
[ar] question: (ال)سؤال|(ال)أسئلة; asking_letter: س; answering_letter: ج; answer: الاجابة|(ال)إجابة|
(ال)جواب|الإجابات; solution: الحل(ول)|حل; hint: تلميح|إرشاد; explanation: (ال)شرح|(ال)تفسير;
exercise: (ال)تمرين|تمارين; task: مسألة; example: مثال|أمثلة; proof: (ال)برهان|إثبات; front: الوجه
الأمامي|الوجه; back: الوجه الخلفي|الظهر; term: (ال)مصطلح|(ال)كلمة; definition: (ال)تعريف|(ال)معنى|
الترجمة; options: (ال)خيارات; true: صحيح|صح; false: خطأ; right: (ال)صحيحة|صحيح; wrong: خطأ|خاطئة;
key: مفتاح الإجابة|مفتاح الإجابات; card: بطاقة|بطاقات; show: عرض|أظهر; contents: المحتويات|الفهرس;
notes: ملاحظات|ملاحظة; and: و; or: أو; is: هي|هو; language: العربية|الإنجليزية; asks_inside: ما هو|
ما هي|ما الفرق|كيف|لماذا|ماذا|متى|اشرح; section: المراجع|الخلاصة|المقدمة
[fa] question: سوال(ات)|سؤال|پرسش; answer: پاسخ‌ها|پاسخ|جواب; solution: حل|راه حل|راه‌حل; hint:
راهنمایی; explanation: توضیح(ات); exercise: تمرین‌ها|تمرین; example: مثال; proof: اثبات; front: رو|
جلو; back: پشت; term: اصطلاح|واژه|کلمه; definition: تعریف|معنی|ترجمه; options: گزینه‌ها|گزینه ها;
true: درست; false: نادرست|غلط; right: درست|صحیح; wrong: نادرست|اشتباه; key: کلید پاسخ|پاسخنامه;
card: کارت‌ها|کارت; show: نمایش|مشاهده; contents: فهرست|فهرست مطالب; notes: یادداشت|نکته; language:
فارسی|انگلیسی; asks_inside: چیست|چگونه|چطور|چرا|کدام|توضیح دهید; section: منابع|خلاصه|مقدمه
[he] question: שאלה|שאלות; answer: תשובה|תשובות; solution: פתרון|פתרונות; hint: רמז; explanation:
הסבר; exercise: תרגיל(ים); example: דוגמה|דוגמא(ות); proof: הוכחה; front: צד קדמי|חזית; back: צד
אחורי|גב; term: מונח|מושג|מילה; definition: הגדרה|משמעות|תרגום; options: אפשרויות; true: נכון;
false: לא נכון; right: נכונה|נכון; wrong: שגוי(ה); key: מפתח תשובות; card: כרטיס(ייה); show: הצג|
לחץ; contents: תוכן עניינים|תוכן; notes: הערה|הערות; language: עברית|אנגלית; asks: מהו|מה|מהי|איך|
כיצד|למה|מדוע|מתי|איפה|האם|הסבר|הסבירו; section: סיכום|מבוא|מקורות
[hi] question: प्रश्न|सवाल; answer: उत्तर|जवाब; solution: हल|समाधान; hint: संकेत; explanation:
व्याख्या|स्पष्टीकरण; exercise: अभ्यास; example: उदाहरण; proof: प्रमाण|उपपत्ति; front: सामने; back:
पीछे; term: शब्द|पद; definition: परिभाषा|अर्थ|अनुवाद; options: विकल्प; true: सत्य; false: असत्य;
right: सही; wrong: गलत|ग़लत; key: उत्तर कुंजी; card: कार्ड; show: दिखाएँ|देखें; contents: विषय सूची|
सामग्री; notes: टिप्पणी|नोट्स; language: हिन्दी|हिंदी|अंग्रेज़ी; asks_inside: क्या|कैसे|क्यों|किसे|
कौन|समझाइए; section: सारांश|परिचय|निष्कर्ष
[bn] question: প্রশ্ন; answer: উত্তর; solution: সমাধান; hint: ইঙ্গিত|সংকেত; explanation: ব্যাখ্যা;
exercise: অনুশীলন(ী); example: উদাহরণ; proof: প্রমাণ; front: সামনে; back: পেছনে|পিছনে; term: শব্দ|
পরিভাষা; definition: সংজ্ঞা|অর্থ|অনুবাদ; options: বিকল্প; true: সত্য; false: মিথ্যা; right: সঠিক;
wrong: ভুল; key: উত্তরপত্র|উত্তরমালা; card: কার্ড; show: দেখুন|দেখাও; contents: সূচিপত্র; notes:
টীকা|নোট; language: বাংলা|ইংরেজি; asks_inside: কীভাবে|কিভাবে|কেন|কাকে বলে; section: সারাংশ|ভূমিকা|
উপসংহার
[id] question: soal|pertanyaan; answer: jawab(an); solution: solusi|penyelesaian|pembahasan; hint:
petunjuk; explanation: penjelasan; exercise: latihan|tugas; example: contoh; proof: bukti; front:
depan; back: belakang; term: istilah|kata; definition: definisi|arti|makna; options: pilihan|opsi;
true: benar; false: salah; right: benar|yang benar|tepat; wrong: salah; key: kunci jawaban; card:
kartu; show: tampilkan|lihat; contents: daftar isi; notes: catatan; and: dan; or: atau; language:
bahasa indonesia|bahasa inggris|indonesia; asks: apa(kah)|bagaimana|mengapa|jelaskan|kenapa|kapan|
siapa|sebutkan|berapa|di mana; steps: tuliskan|tulis|hitunglah|hitung|buatlah|buat; section:
ringkasan|kesimpulan|pendahuluan
[vi] question: câu hỏi|câu; answer: đáp án|câu trả lời|trả lời; solution: lời giải|bài giải; hint:
gợi ý; explanation: giải thích; exercise: bài tập; task: bài|bài toán; example: ví dụ; proof: chứng
minh; front: mặt trước; back: mặt sau; term: thuật ngữ|từ|từ vựng; definition: định nghĩa|nghĩa|ý
nghĩa; options: lựa chọn|phương án; true: đúng; false: sai; right: đúng; wrong: sai; key: bảng đáp
án; card: thẻ; show: hiển thị|xem; contents: mục lục; notes: ghi chú|lưu ý; and: và; or: hoặc;
language: tiếng việt|tiếng anh; asks_inside: là gì|như thế nào|thế nào|tại sao|vì sao; section: tóm
tắt|kết luận|giới thiệu
[th] question: คำถาม|ข้อ; answer: คำตอบ|เฉลย; solution: วิธีทำ|แนวคำตอบ; hint: คำใบ้; explanation:
คำอธิบาย|อธิบาย; exercise: แบบฝึกหัด; example: ตัวอย่าง; proof: พิสูจน์|บทพิสูจน์; front: ด้านหน้า;
back: ด้านหลัง; term: คำศัพท์|คำ; definition: คำจำกัดความ|ความหมาย|คำแปล; options: ตัวเลือก; true:
จริง|ถูก; false: เท็จ|ผิด; right: ถูกต้อง|ถูก; wrong: ผิด; key: เฉลยคำตอบ; card: บัตรคำ|การ์ด; show:
แสดง|ดู; contents: สารบัญ; notes: หมายเหตุ|บันทึก; language: ภาษาไทย|ภาษาอังกฤษ; asks_inside: อะไร|
อย่างไร|ทำไม|เมื่อไร|ที่ไหน|ใคร; section: สรุป|บทนำ|อ้างอิง; small: และ
[zh] question: 问题|問題|题目|題目|面试题|面試題|算法题|编程题|算法编程题|简答题|問答题|问答题|
思考题|概念题|场景题|单选题|多选题|选择题|判断题|填空题|提问; asking_letter: 问|問|题|題;
answering_letter: 答; answer: 答(案)|回答|参考答案|參考答案|正确答案|正確答案|标准答案|標準答案;
solution: 解答|解法|题解|題解|解; hint: 提示; explanation: 解析|解释|解釋|说明|說明|讲解; exercise:
练习(题)|練習(題)|练習題|习题|習題; task: 例题|例題|作业; example: 例子|例|示例|例句; proof: 证明|
證明; theorem: 定理; front: 正面|表面; back: 背面|反面; term: 术语|術語|单词|單詞|概念|词语|名词|
用语|用語; definition: 定义|定義|含义|含義|意思|释义|翻译; options: 选项|選項; true: 对|正确|正確;
false: 错|错误|錯誤; right: 正确|正確; wrong: 错误|錯誤; model: 参考|參考|標準|标准; key: 答案表|
参考答案; card: 卡片; show: 点击|點擊|点此|展开|展開|查看|显示|顯示|折叠|收起; contents: 目录|目錄;
notes: 备注|備註|备考|備考|笔记|拼音|发音|發音; details: 更多|详情|詳情|详细|全部|完整; number:
序号; top: 回到|返回顶部|返回目录|返回頂部|返回目錄; to_do: 待补充|待完善|待更新|待续|待定|未完待续|
暂无答案|暂无|略|更新中; link: 参考链接|参考|详见|见|链接|答案|查看|点击|阅读|原文|文章; and: 和|与|
與|及; is: 是|为|為; language: 中文|汉语|漢語|英文|英语|英語|日文|日语|日語|韩语; asks_inside:
说一下|讲一下|讲讲|聊聊|描述|列举|解释|介绍|哪几|几种|哪里|何时|能否|有何|对比|异同|优缺点|什么|
甚麼|什麼|如何|为什么|為什麼|怎么|怎麼|怎样|哪些|哪个|哪種|哪种|是否|多少|区别|區別|简述|說說|说说|
谈谈; faq: 常见问题|常見問題; section: 概述|参考资料|参考|参考文献|參考資料|参考链接|总结|小结|總結|
结语|前言|引言|相关链接|推荐阅读|延伸阅读|贡献|许可证; manual: 安装|快速开始|使用方法|使用|用法|
功能|技术栈|项目结构|目录结构|环境要求|部署|运行|项目介绍|主要功能|贡献指南|启动|配置|目标|更新日志;
part: 原理|优点|缺点|优缺点|性质|性質|证明过程|思路|代码; shown: 代码|程式碼|代碼|源码|示例|图片|
輸出|输出|结果; small: 的|请|与|與|和|及|此处|内容; quiz: 思考; orders: 证明|證明|計算|计算|求|写出|
画出|判断|設|设; chooses: 下列|以下哪|选择|选出|選擇
[ja] question: 質問|問題|問い|設問; asking_letter: 問; answering_letter: 答; answer: 答(え)|
回答(例)|正解|(模範)解答(例)|(模範)解答の要点|(模範)解答のポイント; solution: (模範)解答(例)|解法;
hint: ヒント; explanation: 解説|説明; exercise: 演習問題|演習|練習問題|練習; task: 例題|課題;
example: 例; proof: 証明; theorem: 定理; front: 表面|表; back: 裏面|裏; term: 用語|単語|漢字|kanji;
definition: 定義|意味|訳; options: 選択肢; true: 正しい; false: 誤り; right: 正しい; wrong: 誤り|
間違い|不正解; model: 模範|想定; key: 解答一覧; card: カード; show: クリック(して)|見る|表示|開く|
確認|表示する|確認する; contents: 目次; notes: 備考|注|注意|メモ|読み; details: 詳細|もっと見る;
number: 番号; top: トップへ; to_do: 準備中; and: と|および; is: は; language: 日本語|英語|韓国語|
中国語|ドイツ語; asks_inside: ください|下さい|お願いします|でしょうか|ますか|ですか|とは|なぜ|どう|
何か|何ですか|違い; faq: よくある質問; section: 関連記事|概要|はじめに|参考文献|参照|まとめ; manual:
インストール|使い方|技術スタック|機能|実行方法|環境構築|開発環境|使用技術|前提条件|セットアップ|
ディレクトリ構成; part: 定義と例; shown: コード|例|画像|出力|実行結果; small: の|を|は|と|して|する|
および|及び; orders: 示せ|せよ|求めよ|計算; chooses: どれか|選びなさい|選べ
[ko] question: 질문|문제; answer: 정답|답변|답안|답; solution: 풀이|해답; hint: 힌트; explanation:
해설|설명; exercise: 연습문제|연습 문제|예제; example: 예|예시|예제; proof: 증명; theorem: 정리;
front: 앞면|정면; back: 뒷면|배면; term: 용어|단어; definition: 정의|의미|뜻; options: 보기|선택지;
true: 참; false: 거짓; right: 맞음|올바른; wrong: 틀림|오답; model: 예상|면접|모범; key: 정답표|정답
및 해설; card: 카드; show: 보기|펼치기|열기|확인하기|확인|접기; contents: 목차|차례; notes: 비고|
메모|참고; details: 더|더보기; top: 맨위로|맨 위로; to_do: 작성 중; and: 및; language: 한국어|영어|
일본어|중국어; asks_inside: 인가요|나요|까요|주세요|하시오|이유|무엇|왜|어떻게|차이|설명; faq: 자주
묻는 질문; section: 개요|소개|참고; manual: 설치|사용법|기술 스택|기능|프로젝트 구조|개발 환경|
프로젝트 소개|주요 기능|설치 방법|실행 방법; part: 장점|단점|특징; shown: 코드|예시|출력|결과;
small: 하기|을|를|의|및|와|과; orders: 구하|보이|증명|계산|작성; chooses: 고르시오|고르세요"""
