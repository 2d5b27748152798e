/** The whole command; returns the exit code. */
export function main(words: string[], print?: (line: string) => void): Promise<number>;
