import { expect, test } from 'vitest';
import { refusalOf } from '../../source/practice/stork/client-rules.ts';

/** client-go came to Stork with its releases: 0.20 and 0.21 until 23.2, 0.25 from then on. */
test.each([
	['2.12.4', 'v1alpha1', undefined],
	['2.12.4', 'v1beta1', undefined],
	['2.12.4', 'v1', 'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1"'],
	['23.2.0', 'v1alpha1', 'exec plugin: invalid apiVersion "client.authentication.k8s.io/v1alpha1"'],
	['23.2.0', 'v1beta1', undefined],
	['24.3.0', 'v1', undefined],
])('Stork %s, asked to run a plugin of %s', (stork, version, refusal) => {
	const exec = {
		command: 'aws',
		apiVersion: `client.authentication.k8s.io/${version}`,
		interactiveMode: 'Never',
	};
	expect(refusalOf({ server: 'https://west' }, { exec }, stork)).toBe(refusal);
});
