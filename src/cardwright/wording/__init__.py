"""How people write questions: signs, titles, and the words of each language."""

from cardwright.wording.asking import Wording as Wording
from cardwright.wording.asking import advises as advises
from cardwright.wording.asking import asks as asks
from cardwright.wording.asking import goes_on_asking as goes_on_asking
from cardwright.wording.asking import read_wording as read_wording
from cardwright.wording.asking import says_to_choose as says_to_choose
from cardwright.wording.asking import sets_a_task as sets_a_task
from cardwright.wording.asking import stem_and_options as stem_and_options
from cardwright.wording.asking import words_of_front as words_of_front
from cardwright.wording.titles import is_answer_title as is_answer_title
from cardwright.wording.titles import is_never_a_question as is_never_a_question
from cardwright.wording.words import bare_words as bare_words
