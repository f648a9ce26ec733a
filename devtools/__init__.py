"""What those who build Pishkhan look at its pages with: a crawler and a browser. No part of what is installed."""
