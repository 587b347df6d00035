import type { ReactNode } from 'react';

/** Names and what they are, side by side as far as there is room. @param of  left out are those that are undefined */
export function Facts({ of }: { of: Readonly<Record<string, ReactNode>> }): ReactNode {
  return (
    <dl className="facts">
      {Object.entries(of).map(
        ([name, value]) =>
          value !== undefined && (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ),
      )}
    </dl>
  );
}
