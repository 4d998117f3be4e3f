/** What the operator is told to type. Made up: it opens nothing. */
export const practiceKeyId = 'PRACTICEKEYID0000000';
