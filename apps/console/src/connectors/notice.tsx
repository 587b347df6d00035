import type { ReactNode } from 'react';

interface NoticeProps {
  tone: 'good' | 'bad' | 'waiting';
  title: ReactNode;
  /** Told to those who do not see it as soon as it is there. */
  isNew?: boolean;
  children?: ReactNode;
}

/** What came of something, in a frame of its colour. */
export function Notice({ tone, title, isNew = false, children }: NoticeProps): ReactNode {
  return (
    <div className="con-notice" data-tone={tone} role={isNew ? 'status' : undefined}>
      <strong className={`tone-${tone}`}>{title}</strong>
      {children}
    </div>
  );
}
