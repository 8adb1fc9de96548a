from typing import Tuple

import pandas as pd
import torch
import torch.nn.functional as F
from torch import nn, optim
from torch.utils.data import DataLoader, TensorDataset


class Net(nn.Module):
    def __init__(self, users: int, items: int, size: int = 16) -> None:
        super().__init__()
        self.u, self.i = nn.Embedding(users, size), nn.Embedding(items, size)

    def forward(self, pair: Tuple[torch.Tensor, torch.Tensor]) -> torch.Tensor:
        u, i = pair
        return torch.sigmoid((self.u(u) * self.i(i)).sum(-1))


@torch.no_grad()
def vectors(net: Net) -> "list[list[float]]":
    net.eval()
    return net.i.weight.cpu().tolist()


def train(net, data, epochs=3, *, lr=1e-3):
    optimizer = optim.Adam(net.parameters(), lr=lr)
    for _ in range(epochs):
        for u, i, y in data:
            loss = F.binary_cross_entropy(net((u, i)), y)
            optimizer.zero_grad()
            loss.backward()
            optimizer.step()


def model(dbt, session):
    df = dbt.ref("stg_items").df()
    u = torch.tensor(df["order_id"].factorize()[0])
    i = torch.tensor(codes := df["product_id"].factorize()[0])
    y = torch.ones(len(df))
    net = Net(int(u.max()) + 1, int(i.max()) + 1)
    train(net, DataLoader(TensorDataset(u, i, y), batch_size=256, shuffle=True))
    return pd.DataFrame({"item": range(max(codes) + 1), "vector": vectors(net)})
