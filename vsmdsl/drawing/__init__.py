"""The picture: text measured, symbols drawn, boxes placed, a scene built and painted as SVG."""
