/** The Friends and Family Test: 1 very good … 5 very poor, 6 don't know; 7 stands for no answer in imported tables.
 *  % positive = (1 + 2) ÷ (1 … 6). Source: NHS England, FFT calculation. */
export const scoreMin = 1;
export const counted = 6;
export const noAnswer = 7;

export const isPositive = (score: number): boolean => score === 1 || score === 2;
/** Scores that open a case (rule D17). */
export const isLow = (score: number): boolean => score === 4 || score === 5;
