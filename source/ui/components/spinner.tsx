import { Text, useAnimation } from 'ink';
import type { ReactNode } from 'react';
import { useTheme } from '../theme.ts';

/** The one moving thing on a screen. Where nothing should move, a sign that represents "at work". */
export function Spinner({ label }: { label?: string }): ReactNode {
	const { glyphs, hasMotion, styles } = useTheme();
	const { frame } = useAnimation({ interval: 100, isActive: hasMotion });
	const sign = hasMotion ? (glyphs.spinner[frame % glyphs.spinner.length] ?? glyphs.running) : glyphs.running;
	return (
		<Text>
			<Text {...styles.accent} aria-label="busy:">
				{sign}
			</Text>
			{label === undefined ? '' : ` ${label}`}
		</Text>
	);
}
