import '@mantine/core/styles.css';
import './app/page.css';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { App } from './app/app';
import { firstTexts } from './texts/language';

const place = document.getElementById('root');
if (place !== null) {
  const first = await firstTexts();
  createRoot(place).render(
    <StrictMode>
      <App first={first} />
    </StrictMode>,
  );
}
