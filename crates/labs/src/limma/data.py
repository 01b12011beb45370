import csv

with open("{{file}}", newline="", encoding="utf-8") as file:
    rows = list(csv.reader(file))[1:]
names = [row[0] for row in rows]
y = [[float(cell) for cell in row[1:]] for row in rows]
sizes = [{{first}}, {{second}}]  # samples of each group
