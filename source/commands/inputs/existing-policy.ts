import { type Policy, policies } from '../../pairing/answers/answers.ts';
import { didYouMean } from '../../pairing/words/did-you-mean.ts';
import { refuse } from '../../pairing/words/problem.ts';

/** @throws PairingError for what is no policy; undefined when the flag was not given */
export function policyOf(flag: string, value: string | undefined): Policy | undefined {
	const policy = policies.find(name => name === value);
	if (value !== undefined && policy === undefined) {
		refuse({
			id: 'flag-invalid',
			title: `${flag} takes ${policies.join(', ')}, not "${value}"${didYouMean(value, policies)}`,
			remedies: ['Use stop (the default), keep or replace.'],
		});
	}
	return policy;
}
