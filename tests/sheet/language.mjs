// The limits and words that the tests of the sheet speak with: the same shape as the server's, a few of its values.

import { speak } from '../../wwwroot/js/visit/words.js';

const choice = (...values) => values.map((value) => ({ value, word: value }));

/** @type {any} */
export const language = {
  language: 'ja', words: { 'alert.physician.below': '医師の下限 {0}', 'alert.adult.above': 'めやす {0} を超えています', 'visit.weight_change': '{0} {1}', 'sign.look_again': '見直し', 'span.days': '{0}日', 'span.hours': '{0}時間', 'span.minutes': '{0}分', 'span.seconds': '{0}秒', 'age.years': '{0}歳', 'age.months': '{0}か月' },
  choices: { softSign: choice('shortOfBreath', 'fell'), careGiven: choice('observation', 'hygiene'), acvpu: choice('alert', 'confusion'), notMeasuredWhy: choice('couldNotMeasure', 'declined') },
  signs: [
    { sign: 'temperature', name: '体温', unit: '℃', step: 0.1, possible: { low: 25, high: 45 }, usual: { low: 34, high: 41 }, quiet: { low: 35.1, high: 37.9 } },
    { sign: 'pulse', name: '脈拍', unit: '回/分', step: 1, possible: { low: 10, high: 300 }, usual: { low: 40, high: 150 }, quiet: { low: 51, high: 109 } },
    { sign: 'respiration', name: '呼吸数', unit: '回/分', step: 1, possible: { low: 0, high: 120 }, usual: { low: 8, high: 40 }, quiet: { low: 9, high: 24 } },
    { sign: 'systolic', name: '上', unit: 'mmHg', step: 1, possible: { low: 30, high: 300 }, usual: { low: 70, high: 220 }, quiet: { low: 90, high: 179 } },
    { sign: 'diastolic', name: '下', unit: 'mmHg', step: 1, possible: { low: 10, high: 200 } },
    { sign: 'spO2', name: 'SpO₂', unit: '%', step: 1, possible: { low: 30, high: 100 }, usual: { low: 80, high: 100 }, quiet: { low: 90 } },
    { sign: 'oxygenFlow', name: '酸素', unit: 'L/分', step: 0.25, possible: { low: 0, high: 15 }, usual: { low: 0, high: 7 } },
    { sign: 'glucose', name: '血糖', unit: 'mg/dL', step: 1, possible: { low: 10, high: 1000 } },
    { sign: 'weight', name: '体重', unit: 'kg', step: 0.1, possible: { low: 0.3, high: 300 } },
    { sign: 'height', name: '身長', unit: 'cm', step: 0.1, possible: { low: 20, high: 250 } },
    { sign: 'pain', name: '痛み', unit: 'NRS', step: 1, possible: { low: 0, high: 10 }, quiet: { high: 6 } },
    { sign: 'intake', name: '水分', unit: 'mL', step: 1, possible: { low: 0, high: 5000 } },
    { sign: 'output', name: '排出', unit: 'mL', step: 1, possible: { low: 0, high: 5000 } },
    { sign: 'stool', name: '便', unit: 'ブリストル', step: 1, possible: { low: 1, high: 7 } },
  ],
  adultAge: 16, longestVisitHours: 24, clockToleranceSeconds: 300, jcs: [0, 1, 2, 3, 10, 20, 30, 100, 200, 300],
};

speak(language);
